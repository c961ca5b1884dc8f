"""From proved statements to kernels: loops, then one printer per target."""
