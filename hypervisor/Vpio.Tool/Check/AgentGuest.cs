using System.Diagnostics;
using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.AssembledGuests;
using Vpio.Conformance;
using Vpio.Hypervisor.Guests;
using Vpio.Tool.Jobs;

namespace Vpio.Tool.Check;

/// <summary>Is a guest of the suite in a process or a virtual machine: an agent there does what it is told by a mailbox.</summary>
internal sealed class AgentGuest : ReferenceGuest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly JobMemory _mailbox;
    private readonly Lock _gate = new();
    private uint _turn;

    /// <summary>Starts the agent of a guest, and waits until it has come up.</summary>
    /// <param name="guest">The guest.</param>
    /// <exception cref="GuestGoneException">It ended instead.</exception>
    internal AgentGuest(Guest guest)
        : base(guest)
    {
        _mailbox = new JobMemory(guest.Application, guest);
        _mailbox.Write64(AgentMailbox.Magic, AgentMailbox.MagicValue);
        guest.Process?.Start();
        guest.Machine?.Start();
        _turn = 2;
        AwaitAnswer();
    }

    /// <inheritdoc/>
    public override bool MayFault => true;

    /// <inheritdoc/>
    public override long Call(uint cmd, ref DeviceOpArgument argument)
    {
        lock (_gate)
        {
            // SAFETY: the 128 bytes of an argument, which outlives the span; any bytes are one.
            Span<byte> bytes = MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref argument, 1));
            _mailbox.Write(AgentMailbox.Argument, bytes);
            _mailbox.Write32(AgentMailbox.Width, cmd);
            Do(AgentOperation.Call);
            _mailbox.Read(AgentMailbox.Argument, bytes);
            return (long)_mailbox.Read64(AgentMailbox.Result);
        }
    }

    /// <inheritdoc/>
    public override ulong Read(GuestSpace space, ulong offset, int bytes)
    {
        lock (_gate)
        {
            Aim(space, offset, bytes);
            Do(AgentOperation.Load);
            return _mailbox.Read64(AgentMailbox.Value);
        }
    }

    /// <inheritdoc/>
    public override void Write(GuestSpace space, ulong offset, int bytes, ulong value)
    {
        lock (_gate)
        {
            Aim(space, offset, bytes);
            _mailbox.Write64(AgentMailbox.Value, value);
            Do(AgentOperation.Store);
        }
    }

    /// <inheritdoc/>
    public override void Kick(DeviceIndex device)
    {
        lock (_gate)
        {
            _mailbox.Write64(AgentMailbox.Value, device.Value);
            Do(AgentOperation.Kick);
        }
    }

    private void Aim(GuestSpace space, ulong offset, int bytes)
    {
        ulong place = _mailbox.Read64(AgentMailbox.Places + ((int)space.Kind * sizeof(ulong)));
        ulong stride = _mailbox.Read64(AgentMailbox.Places + (4 * sizeof(ulong)));
        _mailbox.Write64(AgentMailbox.Address, place + (space.Device.Value * stride) + offset);
        _mailbox.Write32(AgentMailbox.Width, (uint)bytes);
    }

    private void Do(AgentOperation operation)
    {
        _mailbox.Write32(AgentMailbox.Operation, (uint)operation);
        _mailbox.Write32(AgentMailbox.Turn, _turn + 1);
        _turn += 2;
        AwaitAnswer();
    }

    private void AwaitAnswer()
    {
        long since = Stopwatch.GetTimestamp();
        SpinWait spin = default;
        while (_mailbox.Read32(AgentMailbox.Turn) != _turn)
        {
            if (EndOf(Guest) is { } end)
                throw new GuestGoneException($"guest {Guest.Id} ended: {end}");
            if (Stopwatch.GetElapsedTime(since) > Limit)
                throw new GuestGoneException($"the agent of guest {Guest.Id} does not answer");
            spin.SpinOnce();
        }
    }

    private static string? EndOf(Guest guest) => guest.Process?.Exit?.ToString() ?? guest.Machine?.Exit?.ToString();
}
