import RelaySimulator
import Testing
