"""What `cdk deploy` creates: four stacks that compose and grant, without any logic of their own at run time."""
