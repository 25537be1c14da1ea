using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Fuzz.Worlds;
using Vpio.Hypervisor.Guests;

namespace Vpio.Fuzz.Door;

/// <summary>Is a hypercall of an input: what was asked, where the argument stood, and what came of it.</summary>
internal sealed class DoorCall
{
    private const byte Unwritten = 0xA5;

    private DeviceOpArgument _argument;
    private DeviceOpArgument _after;

    /// <summary>Gets who calls.</summary>
    public required FuzzGuest Caller { get; init; }

    /// <summary>Gets which operation.</summary>
    public required uint Cmd { get; init; }

    /// <summary>Gets where the argument stands.</summary>
    public ArgumentPlace Place { get; init; }

    /// <summary>Gets in which register window it stands, if it does in one.</summary>
    public DeviceIndex WindowOf { get; init; }

    /// <summary>Gets where in that place, bytes, cut to where an argument can be.</summary>
    public int Offset { get; init; }

    /// <summary>Gets the inputs, in four words.</summary>
    public ulong[] Inputs { get; } = new ulong[DeviceOpArgument.InputSize / sizeof(ulong)];

    /// <summary>Gets the result.</summary>
    public long Result { get; private set; }

    /// <summary>Gets the operation.</summary>
    public DeviceOp Op => (DeviceOp)Cmd;

    /// <summary>Gets whether the caller had been stopped before.</summary>
    public bool CallerWasStopped { get; private set; }

    /// <summary>Gets whether a guest finds in the argument just what it wrote there.</summary>
    public bool IsAsWritten => Place == ArgumentPlace.Nowhere || Bytes(ref _after).SequenceEqual(Bytes(ref _argument));

    /// <summary>Gets whether a guest finds its inputs as it wrote them.</summary>
    public bool HasItsInputs => Bytes(ref _after)[..DeviceOpArgument.InputSize].SequenceEqual(Bytes(ref _argument)[..DeviceOpArgument.InputSize]);

    /// <summary>Gets whether all outputs are zero.</summary>
    public bool HasNoOutputs => !Bytes(ref _after)[DeviceOpArgument.InputSize..].ContainsAnyExcept((byte)0);

    /// <summary>Gets eight bytes of the outputs.</summary>
    /// <param name="offset">Where they begin in the argument.</param>
    public ulong Output(int offset) => MemoryMarshal.Read<ulong>(Bytes(ref _after)[offset..]);

    /// <summary>Makes the call.</summary>
    public void Make()
    {
        CallerWasStopped = Caller.Guest.State is GuestState.Stopped or GuestState.Removed;
        ref DeviceOpArgument place = ref Find();
        if (Unsafe.IsNullRef(ref place))
        {
            Result = Caller.Port.Call(Cmd, ref place);
            return;
        }

        Write(ref place);

        // Nobody is there to wake a sleeper: who would sleep only looks.
        if (Op == DeviceOp.Wait && Caller.Port.GuestPage.UpcallPending == 0)
        {
            Inputs[0] = 0;
            Write(ref place);
        }

        Result = Caller.Port.Call(Cmd, ref place);
        _after = place;
    }

    private static Span<byte> Bytes(ref DeviceOpArgument argument) => MemoryMarshal.AsBytes(new Span<DeviceOpArgument>(ref argument));

    private void Write(ref DeviceOpArgument place)
    {
        Bytes(ref _argument).Fill(Unwritten);
        _argument.Input0 = Inputs[0];
        _argument.Input1 = Inputs[1];
        _argument.Input2 = Inputs[2];
        _argument.Input3 = Inputs[3];
        place = _argument;
    }

    private ref DeviceOpArgument Find()
    {
        Span<byte> room = Place switch
        {
            ArgumentPlace.Memory => Caller.Memory,
            ArgumentPlace.GuestPage => Caller.Page,
            ArgumentPlace.Window => Caller.Window(WindowOf),
            _ => default,
        };
        if (Place == ArgumentPlace.Nowhere)
            return ref Unsafe.NullRef<DeviceOpArgument>();
        if (room.IsEmpty)
            return ref _after; // Apart: the call writes where it is looked at afterwards.
        int offset = Offset % (room.Length - DeviceOpArgument.Size) & ~(sizeof(ulong) - 1);
        return ref MemoryMarshal.AsRef<DeviceOpArgument>(room[offset..]);
    }
}
