"""What people see of cases in Slack: pure functions from what the desk answers to messages and modals."""
