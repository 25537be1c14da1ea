using System.Collections.Concurrent;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Devices;

namespace Vpio.Protocol.Tests;

/// <summary>Is a device that writes down what is done to it and in which state its word was; its batches are begun and ended by the test.</summary>
internal sealed class RecordingDevice : IDevice
{
    private readonly ConcurrentQueue<string> _steps = new();

    public Func<StateWord> Word { get; set; } = () => StateWord.Unused;

    /// <summary>Gets or sets what happens just before a step.</summary>
    public Action<string>? BeforeStep { get; set; }

    public DeviceGate Gate { get; private set; } = null!;

    public DeviceClass Class => DeviceClass.None;

    public uint WindowBytes => 4096;

    /// <summary>Gets what was done, in order.</summary>
    public string[] Steps => [.. _steps];

    public void Note(string step)
    {
        BeforeStep?.Invoke(step);
        _steps.Enqueue($"{step} in {Word().State}");
    }

    public void Forget() => _steps.Clear();

    public void BeginBatch() => Assert.That(Gate.TryEnter(out _), "somebody must own the device");

    /// <summary>Ends the batch. The end is written down first: what comes after it in the record came after it.</summary>
    public void EndBatch()
    {
        Note("batch over");
        Gate.Leave();
    }

    public void PlugIn(DeviceGate gate) => Gate = gate;

    public void Unplug() => Note("unplug");

    public DeviceContext CreateContext(GuestAttachment attachment) => new Context(this, attachment.Guest);

    public void RemoveContext(DeviceContext context)
    {
    }

    public void Wake()
    {
    }

    private sealed class Context(RecordingDevice device, DomainId guest) : DeviceContext
    {
        public override void Save() => device.Note($"save {guest}");

        public override void Load() => device.Note($"load {guest}");

        public override void Reset() => device.Note($"reset {guest}");

        public override void OwnershipBegan() => device.Note($"began {guest}");

        public override void OwnershipEnded() => device.Note($"ended {guest}");

        public override void Suspend() => device.Note($"suspend {guest}");

        public override void Resume() => device.Note($"resume {guest}");

        public override void Describe(ref QueryArgs query)
        {
        }
    }
}
