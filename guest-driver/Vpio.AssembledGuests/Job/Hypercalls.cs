using Iced.Intel;
using Vpio.Abi;
using Vpio.Abi.Machines;
using Vpio.Abi.Operations;
using Vpio.Abi.Processes;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Makes the hypercalls, by the first call slot. Each answers its result in RAX and leaves its outputs in the slot, to which RDI points. All change RCX and RDX.</summary>
internal sealed class Hypercalls : Part
{
    private const uint TheSlot = 0;

    private readonly MachineProgram _program;
    private readonly Subroutine _begin;

    /// <summary>Makes the part.</summary>
    public Hypercalls(MachineProgram program, Variables variables)
        : base(program, variables)
    {
        _program = program;
        _begin = Subroutine();
        Negotiate = Subroutine();
        Query = Subroutine();
        Map = Subroutine();
        Grab = Subroutine();
        Release = Subroutine();
        Wait = Subroutine();
    }

    /// <summary>Gets what agrees on a version.</summary>
    public Subroutine Negotiate { get; }

    /// <summary>Gets what asks what the device is.</summary>
    public Subroutine Query { get; }

    /// <summary>Gets what shows the device the memory of the rings.</summary>
    public Subroutine Map { get; }

    /// <summary>Gets what asks for the device, in turn.</summary>
    public Subroutine Grab { get; }

    /// <summary>Gets what gives the device back.</summary>
    public Subroutine Release { get; }

    /// <summary>Gets what sleeps until an upcall is pending, for as many nanoseconds as RSI says at most. It unmasks upcalls first.</summary>
    public Subroutine Wait { get; }

    /// <summary>Finds a field of an argument in the call slot.</summary>
    /// <typeparam name="T">The argument.</typeparam>
    /// <param name="name">The name of the field.</param>
    public static AssemblerMemoryOperand Argument<T>(string name)
        where T : unmanaged, IDeviceOpArgs =>
        Field.Of<T>(rdi, name, Field.OffsetOf<CallSlot>(nameof(CallSlot.Argument)));

    /// <inheritdoc/>
    public override void Write()
    {
        Write(_begin, ClearInputs);
        WriteComingUp();
        WriteTurns();
    }

    private void WriteComingUp()
    {
        Write(Negotiate, () => Make(DeviceOp.Negotiate, () =>
        {
            Code.mov(Argument<NegotiateArgs>(nameof(NegotiateArgs.Major)), VpioVersion.Major);
            Code.mov(Argument<NegotiateArgs>(nameof(NegotiateArgs.Minor)), VpioVersion.Minor);
            Code.mov(Argument<NegotiateArgs>(nameof(NegotiateArgs.Features)), (int)VpioVersion.Features);
        }));
        Write(Query, () => Make(DeviceOp.Query, () => NameDevice<QueryArgs>(nameof(QueryArgs.Device))));
        Write(Map, () => Make(DeviceOp.Map, () =>
        {
            Code.mov(Argument<MapArgs>(nameof(MapArgs.Iova)), (int)RingMemory.Iova);
            Code.mov(Argument<MapArgs>(nameof(MapArgs.Length)), RingMemory.Bytes);
            Code.mov(Argument<MapArgs>(nameof(MapArgs.Access)), (uint)DmaAccess.ReadWrite);
        }));
    }

    private void WriteTurns()
    {
        Write(Grab, () => Make(DeviceOp.Grab, () =>
        {
            NameDevice<GrabArgs>(nameof(GrabArgs.Device));
            Code.mov(Argument<GrabArgs>(nameof(GrabArgs.Flags)), GrabArgs.Queue);
        }));
        Write(Release, () => Make(DeviceOp.Release, () =>
        {
            NameDevice<ReleaseArgs>(nameof(ReleaseArgs.Device));
            Code.mov(rax, Variables.OwnedWord);
            Code.shr(rax, StateWord.GenerationShift);
            Code.mov(Argument<ReleaseArgs>(nameof(ReleaseArgs.Generation)), rax);
        }));
        Write(Wait, () => Make(DeviceOp.Wait, () => Code.mov(Argument<WaitArgs>(nameof(WaitArgs.TimeoutNs)), rsi)));
    }

    private void ClearInputs()
    {
        Code.mov(rdi, Variables.CallSlot);
        Code.push(rdi);
        Code.add(rdi, Field.OffsetOf<CallSlot>(nameof(CallSlot.Argument)));
        Code.xor(eax, eax);
        Code.mov(ecx, DeviceOpArgument.InputSize / sizeof(ulong));
        Code.rep.stosq();
        Code.pop(rdi);
    }

    private void Make(DeviceOp operation, Action writeInputs)
    {
        _begin.Call();
        writeInputs();
        Code.mov(Field.Of<CallSlot>(rdi, nameof(CallSlot.Cmd)), (uint)operation);
        _program.Out(MachinePort.Call, TheSlot);
        Code.mov(rax, Field.Of<CallSlot>(rdi, nameof(CallSlot.Result)));
    }

    private void NameDevice<T>(string field)
        where T : unmanaged, IDeviceOpArgs
    {
        Code.mov(eax, JobField.Device);
        Code.mov(Argument<T>(field), eax);
    }
}
