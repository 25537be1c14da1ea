using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Lays the program's variables out, at the bottom of its stack: zero when it begins.</summary>
internal sealed class Variables
{
    private const int StackAlignment = 16;

    private int _bytes;

    /// <summary>Lays them out.</summary>
    public Variables()
    {
        CallSlot = Qword();
        DevicePage = Qword();
        DomainId = Qword();
        Events = Dword();
        OwnedWord = Qword();
        RevokingWord = Qword();
        RestInterrupts = Dword();
        RestNs = Qword();
        TxPosted = Dword();
        TxConsumedBefore = Dword();
        TxLost = Qword();
        RxTaken = Dword();
        Begun = Qword();
        Received = Qword();
        SendingSinceNs = Qword();
        NextFrame = Dword();
        NextDestination = Dword();
        IsReported = Dword();
        IsDrained = Dword();
        Moved = Dword();
        BatchLeft = Dword();
        Outstanding = Dword();
        DrainUntilNs = Qword();
        WasAsked = Dword();
        AskedSinceNs = Qword();
        FrameLength = Dword();
        Frame = At(RingMemory.BufferBytes);
    }

    /// <summary>Gets the address of the call slot.</summary>
    public AssemblerMemoryOperand CallSlot { get; }

    /// <summary>Gets the address of the device page.</summary>
    public AssemblerMemoryOperand DevicePage { get; }

    /// <summary>Gets the domain id of this guest.</summary>
    public AssemblerMemoryOperand DomainId { get; }

    /// <summary>Gets the events that were taken out of the guest page and not yet looked at.</summary>
    public AssemblerMemoryOperand Events { get; }

    /// <summary>Gets the state word as it is while this guest owns the device and is not asked for it.</summary>
    public AssemblerMemoryOperand OwnedWord { get; }

    /// <summary>Gets the state word as it is while this guest holds the device and is asked for it.</summary>
    public AssemblerMemoryOperand RevokingWord { get; }

    /// <summary>Gets what ends a rest, bits of an interrupt.</summary>
    public AssemblerMemoryOperand RestInterrupts { get; }

    /// <summary>Gets how long a rest lasts at most, nanoseconds.</summary>
    public AssemblerMemoryOperand RestNs { get; }

    /// <summary>Gets how many frames were posted since the transmit ring was set up.</summary>
    public AssemblerMemoryOperand TxPosted { get; }

    /// <summary>Gets how many descriptors the device had consumed when the transmit ring was set up, modulo 2^32.</summary>
    public AssemblerMemoryOperand TxConsumedBefore { get; }

    /// <summary>Gets how many posted frames were lost with the device.</summary>
    public AssemblerMemoryOperand TxLost { get; }

    /// <summary>Gets how many buffers were taken out of the receive ring since it was set up.</summary>
    public AssemblerMemoryOperand RxTaken { get; }

    /// <summary>Gets how many frames were reported as submitted.</summary>
    public AssemblerMemoryOperand Begun { get; }

    /// <summary>Gets how many frames were received.</summary>
    public AssemblerMemoryOperand Received { get; }

    /// <summary>Gets when sending began, nanoseconds.</summary>
    public AssemblerMemoryOperand SendingSinceNs { get; }

    /// <summary>Gets which frame of the table comes next.</summary>
    public AssemblerMemoryOperand NextFrame { get; }

    /// <summary>Gets which destination comes next.</summary>
    public AssemblerMemoryOperand NextDestination { get; }

    /// <summary>Gets whether the frame that is ready was reported and not yet posted: it goes out before any other.</summary>
    public AssemblerMemoryOperand IsReported { get; }

    /// <summary>Gets whether the device took all that was reported.</summary>
    public AssemblerMemoryOperand IsDrained { get; }

    /// <summary>Gets how many frames moved in a round of the work.</summary>
    public AssemblerMemoryOperand Moved { get; }

    /// <summary>Gets how many frames a batch may still have.</summary>
    public AssemblerMemoryOperand BatchLeft { get; }

    /// <summary>Gets how many posted frames the device had not taken, at the last look of a drain.</summary>
    public AssemblerMemoryOperand Outstanding { get; }

    /// <summary>Gets when a drain gives up, nanoseconds.</summary>
    public AssemblerMemoryOperand DrainUntilNs { get; }

    /// <summary>Gets whether the guest was asked for the device when it began to give it back.</summary>
    public AssemblerMemoryOperand WasAsked { get; }

    /// <summary>Gets when it began to give it back, nanoseconds.</summary>
    public AssemblerMemoryOperand AskedSinceNs { get; }

    /// <summary>Gets how long the frame that is ready is.</summary>
    public AssemblerMemoryOperand FrameLength { get; }

    /// <summary>Gets where the frame that is ready to be sent begins.</summary>
    public AssemblerMemoryOperand Frame { get; }

    /// <summary>Gets how long they are in all.</summary>
    public int Bytes => (_bytes + StackAlignment - 1) / StackAlignment * StackAlignment;

    private AssemblerMemoryOperand Dword() => __dword_ptr[At(sizeof(ulong))]; // Each on a place of its own: nothing here is scarce.

    private AssemblerMemoryOperand Qword() => __qword_ptr[At(sizeof(ulong))];

    private AssemblerMemoryOperand At(int bytes)
    {
        int at = _bytes;
        _bytes += bytes;
        return Kept.Variables + at;
    }
}
