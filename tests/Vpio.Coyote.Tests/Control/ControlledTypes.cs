// What ships uses two locks, a sleep and a pool that Coyote does not know: it would see a thread vanish in them, and report deadlocks that are none.
// It also gives its threads names, by which Coyote loses them. Here the same sources use what Coyote knows every step of.
global using Futex = Vpio.Coyote.Tests.Control.ControlledFutex;
global using Lock = System.Object;
global using ManualResetEventSlim = Vpio.Coyote.Tests.Control.ControlledEvent;
global using Thread = Vpio.Coyote.Tests.Control.ControlledThread;
global using ThreadPool = Vpio.Coyote.Tests.Control.ControlledPool;
