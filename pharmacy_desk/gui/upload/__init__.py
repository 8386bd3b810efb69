"""追溯上传: what the platform has and has not confirmed."""
