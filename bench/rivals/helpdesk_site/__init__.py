"""The smallest Django site that serves django-helpdesk's API with tokens; runs in an environment of its own."""
