"""What the tests share: an installation of one's own on the real stack, and conditions to wait for."""
