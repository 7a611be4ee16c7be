"""Every screen that a member may see, walked through and written down (docs/storyboard.txt)."""
