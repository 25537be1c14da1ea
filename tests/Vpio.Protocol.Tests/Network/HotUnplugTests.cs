using Vpio.Abi;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.Protocol.Tests.Network;

/// <summary>Takes NICs away from guests that stream on real threads, and gives them others: nothing hangs, nothing stays held, every frame is accounted for.</summary>
[TestFixture]
internal sealed class HotUnplugTests
{
    private const int Rounds = 12;
    private const int FramesARound = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Test]
    public void DevicesComeAndGoUnderGuestsThatStream()
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = TimeSpan.FromMilliseconds(1), Grace = HypervisorOptions.MaxDuration });
        using Neighbours undisturbed = new(hypervisor);
        RawGuest[] guests = [.. Enumerable.Range(0, 3).Select(_ => new RawGuest(hypervisor.AddGuest()))];
        Array.ForEach(guests, guest => new RawNic(guest).MapAll());
        for (int round = 0; round < Rounds; round++)
        {
            FrameLog log = new();
            Nic nic = new(new LoopbackWire(), new NicOptions { Observer = log, ParkingFrames = 64 });
            SharedDevice device = hypervisor.AddDevice(nic);
            StreamingGuest[] streams = [.. guests.Select(guest => StreamingGuest.Admit(hypervisor, device, guest, log))];
            Array.ForEach(streams, stream => stream.Start(guests.Where(other => other != stream.Raw)));
            if (!SpinWait.SpinUntil(() => streams.All(stream => stream.Received >= FramesARound), 30_000))
                Assert.Fail($"Frames do not flow in round {round}: {string.Join("; ", streams)}");

            hypervisor.RemoveDevice(device);
            Assert.That(streams.All(stream => stream.Ended(Patience)), "a guest hangs on a device that is gone");
            foreach (StreamingGuest stream in streams)
            {
                stream.ReadRest();
                Assert.That(stream.Raw.WordOf(device.Index).State, Is.EqualTo(DeviceState.Offline));
                Assert.That(stream.Raw.TryGrab(device.Index.Value), Is.EqualTo(DeviceStatus.NoDevice));
                Assert.That(log.CountDue(stream.Raw.Id), Is.Zero, "frames that were accepted are neither read nor discarded");
            }

            Assert.That(nic.FramesUnderWay, Is.Zero);
        }

        undisturbed.AssertThatTheyStillStream();
    }

    /// <summary>Are guests of a device that stays: what happens to another device is none of theirs.</summary>
    private sealed class Neighbours : IDisposable
    {
        private readonly StreamingGuest[] _streams;

        public Neighbours(ReferenceHypervisor hypervisor)
        {
            FrameLog log = new();
            SharedDevice device = hypervisor.AddDevice(new Nic(new LoopbackWire(), new NicOptions { Observer = log, ParkingFrames = 64 }));
            RawGuest[] guests = [.. Enumerable.Range(0, 2).Select(_ => new RawGuest(hypervisor.AddGuest()))];
            Array.ForEach(guests, guest => new RawNic(guest).MapAll());
            _streams = [.. guests.Select(guest => StreamingGuest.Admit(hypervisor, device, guest, log))];
            Array.ForEach(_streams, stream => stream.Start(guests.Where(other => other != stream.Raw)));
        }

        public void AssertThatTheyStillStream()
        {
            int before = _streams.Sum(stream => stream.Received);
            RawNic.Eventually(() => _streams.Sum(stream => stream.Received) > before + FramesARound, "the device that stayed still carries frames");
            Assert.That(_streams.All(stream => stream.Raw.Guest.State == GuestState.Running));
        }

        public void Dispose()
        {
            Array.ForEach(_streams, stream => stream.End());
            Assert.That(_streams.All(stream => stream.Ended(Patience)), "a guest of the device that stayed hangs");
        }
    }
}
