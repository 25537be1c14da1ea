using System.Diagnostics;
using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.AssembledGuests;

/// <summary>Is domain 0's end of the line to a guest agent: tells it by the mailbox what to do in its guest, and waits until that is done.</summary>
/// <remarks>What the guest wrote is taken as it is: whoever tells a guest what to do looks at what comes of it. Threads: any; one is served at a time.</remarks>
public sealed unsafe class AgentLine
{
    private const int SleepingThreshold = 20; // Looks, after which a wait sleeps between them.

    // As long as an exit, and what it is for, usually takes; and as long as it takes when the processor has others to run.
    private static readonly TimeSpan Usual = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan Brisk = TimeSpan.FromMilliseconds(2);

    private readonly Lock _gate = new();
    private readonly byte* _mailbox;
    private readonly object _owner;
    private readonly Action<TimeSpan> _waiting;
    private uint _turn;

    /// <summary>Makes the line, before the guest is started.</summary>
    /// <param name="application">The guest's application memory, in domain 0's mapping.</param>
    /// <param name="owner">What keeps it mapped for as long as it is reachable.</param>
    /// <param name="waiting">What is called while the agent does not answer, with how long that is. When it has ended, or is not to be waited for, it throws.</param>
    public AgentLine(GuestMemory application, object owner, Action<TimeSpan> waiting)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(application.LengthBytes, AgentMailbox.Size);

        // SAFETY: the mailbox fits into the memory, which is aligned to a page; the owner keeps it mapped, and this object keeps the owner. Every offset below is one of the mailbox.
        _mailbox = (byte*)application.Start;
        (_owner, _waiting) = (owner, waiting);
        Word(AgentMailbox.Magic) = AgentMailbox.MagicValue;
    }

    /// <summary>Waits until the agent of a guest that was started has come up.</summary>
    public void AwaitStart()
    {
        lock (_gate)
        {
            _turn = 2;
            AwaitTurn();
        }
    }

    /// <summary>Finds a place in the agent's own addresses.</summary>
    /// <param name="place">Which of <see cref="AgentMailbox.Places"/>: device page, guest page, guest memory, register windows.</param>
    /// <param name="window">Whose window, when it is one; else the first device.</param>
    /// <returns>Where it begins for the agent.</returns>
    public ulong AddressOf(int place, DeviceIndex window)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)place, (uint)AgentMailbox.WindowsPlace);
        return Word(AgentMailbox.Places + (place * sizeof(ulong))) + (window.Value * Word(AgentMailbox.Stride));
    }

    /// <summary>Has the agent make a hypercall.</summary>
    /// <param name="cmd">The operation.</param>
    /// <param name="argument">The argument, inputs and outputs.</param>
    /// <returns>The result.</returns>
    public long Call(uint cmd, ref DeviceOpArgument argument)
    {
        lock (_gate)
        {
            ref DeviceOpArgument there = ref *(DeviceOpArgument*)(_mailbox + AgentMailbox.Argument);
            there = argument;
            *(uint*)(_mailbox + AgentMailbox.Width) = cmd;
            Do(AgentOperation.Call);
            argument = there;
            return (long)Word(AgentMailbox.Result);
        }
    }

    /// <summary>Has the agent load a value.</summary>
    /// <param name="address">Where, in its own addresses.</param>
    /// <param name="bytes">How many: 1, 2, 4 or 8.</param>
    /// <returns>The value.</returns>
    public ulong Load(ulong address, int bytes)
    {
        lock (_gate)
        {
            Aim(address, bytes);
            Do(AgentOperation.Load);
            return Word(AgentMailbox.Value);
        }
    }

    /// <summary>Has the agent store a value.</summary>
    /// <param name="address">Where, in its own addresses.</param>
    /// <param name="bytes">How many: 1, 2, 4 or 8.</param>
    /// <param name="value">The value.</param>
    public void Store(ulong address, int bytes, ulong value)
    {
        lock (_gate)
        {
            Aim(address, bytes);
            Word(AgentMailbox.Value) = value;
            Do(AgentOperation.Store);
        }
    }

    /// <summary>Has the agent kick a device.</summary>
    /// <param name="device">The device.</param>
    public void Kick(DeviceIndex device)
    {
        lock (_gate)
        {
            Word(AgentMailbox.Value) = device.Value;
            Do(AgentOperation.Kick);
        }
    }

    private void Aim(ulong address, int bytes)
    {
        Word(AgentMailbox.Address) = address;
        *(uint*)(_mailbox + AgentMailbox.Width) = (uint)bytes;
    }

    private void Do(AgentOperation operation)
    {
        *(uint*)(_mailbox + AgentMailbox.Operation) = (uint)operation;

        // ORDER release: what is to be done is written before whose turn it is. Pairs with Volatile.Read in JobMemory.Read32.
        Volatile.Write(ref *(uint*)(_mailbox + AgentMailbox.Turn), _turn + 1);
        _turn += 2;
        AwaitTurn();
    }

    private void AwaitTurn()
    {
        long since = Stopwatch.GetTimestamp();
        SpinWait spin = default;

        // ORDER acquire: what came of it is read after whose turn it is. Pairs with Volatile.Write in JobMemory.Write32.
        while (Volatile.Read(ref *(uint*)(_mailbox + AgentMailbox.Turn)) != _turn)
        {
            TimeSpan waited = Stopwatch.GetElapsedTime(since);
            _waiting(waited);
            if (waited < Usual)
                Thread.SpinWait(8);
            else
                spin.SpinOnce(waited < Brisk ? -1 : SleepingThreshold);
        }

        GC.KeepAlive(_owner);
    }

    private ref ulong Word(int offset) => ref *(ulong*)(_mailbox + offset);
}
