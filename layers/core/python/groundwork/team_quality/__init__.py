"""What is known of the workers of a work team, kept from job to job."""
