//! Simulated devices, healthy and faulty: the demo link, test peers, load generators.
