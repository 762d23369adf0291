"""The pages of this app: organisations, their people, one's own account, appointments."""
