using System.Collections.Concurrent;
using Vpio.Abi;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.Protocol.Tests;

/// <summary>Holds that the timer serves every device while a guest is stopped that makes its stop as long as it can (docs/ownership.md, "Forced stop").</summary>
[TestFixture]
[Category("Stress")]
internal sealed class HostileSleeperTests
{
    private const int Sleepers = 16;
    private static readonly DeviceIndex Other = new(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> _order = new();

    [Test]
    public void AStopThatLastsHoldsUpNoOtherDevicesSlice()
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = HypervisorOptions.MinDuration, Grace = HypervisorOptions.MinDuration });
        SharedDevice first = hypervisor.AddDevice(new Nic(new LoopbackWire()));
        SharedDevice second = hypervisor.AddDevice(new Nic(new LoopbackWire()));
        second.Grace = HypervisorOptions.MaxDuration;
        RawGuest hog = AddGuest(hypervisor, first);
        RawGuest next = AddGuest(hypervisor, first);
        RawGuest owner = AddGuest(hypervisor, second);
        RawGuest waiter = AddGuest(hypervisor, second);

        // A call of the hog that is under way for as long as the test wants: its stop has to wait for it.
        using HeldCall call = new(hog);
        Thread[] sleepers = [.. Enumerable.Range(0, Sleepers).Select(_ => new Thread(() => SleepUntilStopped(hog)) { IsBackground = true })];
        foreach (Thread sleeper in sleepers)
            sleeper.Start();
        Assert.That(hog.TryGrab(), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(next.Queue(), Is.EqualTo(DeviceStatus.Queued));
        Assert.That(SpinWait.SpinUntil(() => hog.Guest.State == GuestState.Stopped, Patience), "it outlived its grace");

        // Whoever stops it too gets to know when the stop has ended.
        Thread stopped = new(() =>
        {
            hog.Guest.Stop();
            _order.Enqueue("the stop ended");
        });
        stopped.Start();

        // The stop has begun and cannot end; a slice of the other device that begins now ends all the same.
        Assert.That(owner.TryGrab(Other.Value), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(waiter.Queue(Other.Value), Is.EqualTo(DeviceStatus.Queued));
        Assert.That(SpinWait.SpinUntil(() => second.Statistics.Revocations > 0, Patience), "the timer waits for the hog");
        _order.Enqueue("the other device's slice ended");
        Assert.That(SpinWait.SpinUntil(() => next.Owns, Patience), "the next guest waits for the hog");
        _order.Enqueue("the next guest got the device");
        _order.Enqueue("the hog's call ended");
        call.Dispose();
        stopped.Join();

        Assert.That(_order, Is.EqualTo(new[] { "the other device's slice ended", "the next guest got the device", "the hog's call ended", "the stop ended" }));
        Assert.That(sleepers, Has.All.Matches<Thread>(sleeper => sleeper!.Join(Patience)), "a sleep outlived the stop");
    }

    private static void SleepUntilStopped(RawGuest guest)
    {
        while (guest.Wait() != DeviceStatus.Denied)
        {
            // Pending stays set: each sleep ends at once, and the next begins.
        }
    }

    private static RawGuest AddGuest(ReferenceHypervisor hypervisor, SharedDevice device)
    {
        RawGuest guest = new(hypervisor.AddGuest());
        ((Nic)device.Device).SetMacAddress(guest.Id, World.AddressOf(guest.Id.Value));
        hypervisor.Assign(guest.Guest, device);
        return guest;
    }

    /// <summary>Is a call that is under way until it is disposed, also by a test that fails.</summary>
    private sealed class HeldCall(RawGuest guest) : IDisposable
    {
        private readonly int _counter = guest.Guest.Calls.Enter();
        private bool _over;

        public void Dispose()
        {
            if (!_over)
                guest.Guest.Calls.Leave(_counter);
            _over = true;
        }
    }
}
