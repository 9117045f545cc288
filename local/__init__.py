"""What runs on the newcomer's own machine: the local cloud, its deployment, a simulated workforce, the demo."""
