"""What a member does about their own access: PIN, authenticator, devices, data, advice."""
