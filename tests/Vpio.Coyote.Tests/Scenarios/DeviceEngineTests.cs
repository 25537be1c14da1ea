using Vpio.Coyote.Tests.Control;
using Vpio.Coyote.Tests.Twins;
using Vpio.Hypervisor.Devices;

namespace Vpio.Coyote.Tests.Scenarios;

/// <summary>Samples a device's thread: who rings while it falls asleep wakes it.</summary>
[TestFixture]
internal sealed class DeviceEngineTests
{
    [Test]
    public void ADoorbellWakesADeviceThatFallsAsleep() => Sampler.Holds(
        () => Ring(work =>
        {
            DeviceEngine engine = new(work, "engine");
            return (engine.Wake, engine.Stop);
        }),
        200);

    [Test]
    public void AnEngineThatResetsLateSleepsThroughADoorbell() => Sampler.Finds(
        () => Ring(work =>
        {
            EngineThatResetsLate engine = new(work);
            return (engine.Wake, engine.Stop);
        }),
        5_000);

    private static void Ring(Func<IDeviceWork, (Action Wake, Action Stop)> start)
    {
        Doorbells work = new();
        (Action wake, Action stop) = start(work);
        for (int i = 1; i <= 2; i++)
        {
            work.AwaitLastLook();
            work.Ring();
            wake();
            work.AwaitServed(i);
        }

        stop();
    }

    private sealed class Doorbells : IDeviceWork
    {
        private readonly object _gate = new();
        private int _rung;
        private int _served;
        private bool _fallsAsleep;

        public void Ring() => Interlocked.Increment(ref _rung);

        public bool DoBatch()
        {
            lock (_gate)
            {
                if (Volatile.Read(ref _rung) == _served)
                    return false;
                _served++;
                _fallsAsleep = false;
                Monitor.PulseAll(_gate);
                return true;
            }
        }

        public bool AnnounceSleep()
        {
            lock (_gate)
            {
                _fallsAsleep = true;
                Monitor.PulseAll(_gate);
            }

            return Volatile.Read(ref _rung) > Volatile.Read(ref _served);
        }

        /// <summary>Waits until the device is about to look for the last time: so the doorbell meets it there, and not in its many looks before.</summary>
        public void AwaitLastLook()
        {
            lock (_gate)
            {
                while (!_fallsAsleep)
                    Monitor.Wait(_gate);
            }
        }

        public void AwaitServed(int count)
        {
            lock (_gate)
            {
                while (_served < count)
                    Monitor.Wait(_gate);
            }
        }
    }
}
