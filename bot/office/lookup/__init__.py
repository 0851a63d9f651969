"""What has to be known before the pure rooms are asked, and for whoever takes over."""
