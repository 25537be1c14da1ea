using Iced.Intel;
using Vpio.Abi;
using Vpio.Abi.Machines;
using Vpio.Abi.Operations;
using Vpio.Abi.Processes;
using Vpio.AssembledGuests;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.Hostile.Attacks.Machines;

/// <summary>Writes hostile programs: calls, grabs and touches, each counted where the judge reads it.</summary>
/// <remarks>
/// Kept in registers from the beginning on: R15 machine info, R14 the report (application memory), R13 device page, R12 guest page, RBX memory, RBP call area,
/// R11 the register window, R10 rounds that are left, R9 chance.
/// </remarks>
/// <param name="random">What the program's own choices are made from.</param>
/// <param name="device">The device that is assigned to the guest.</param>
internal sealed class HostileCode(Random random, DeviceIndex device)
{
    /// <summary>Where in a call slot the result stands.</summary>
    public const int ResultOffset = 8;

    private const int ArgumentOffset = 64;
    private const int DomainIdOffset = 8;
    private const int PendingOffset = 64;
    private const int Slots = 128;
    private const int QueuedPlace = Slots - 1;
    private const int TouchesOffset = Slots * sizeof(long);
    private const int BreachOffset = TouchesOffset + sizeof(long);
    private const uint NapUs = 300;

    private readonly MachineProgram _program = new();
    private Label _round;

    /// <summary>Gets the assembler.</summary>
    public Assembler Code => _program.Code;

    /// <summary>Gets the chance.</summary>
    public Random Random => random;

    /// <summary>Gets the device.</summary>
    public DeviceIndex Device => device;

    /// <summary>Writes the beginning: registers, and an agreement with the hypervisor.</summary>
    /// <param name="rounds">How many rounds follow.</param>
    public void Begin(long rounds)
    {
        Code.mov(r15, rdi);
        Code.mov(r14, __qword_ptr[r15 + 48]);
        Code.mov(r13, __qword_ptr[r15 + 8]);
        Code.mov(r12, __qword_ptr[r15 + 16]);
        Code.mov(rbx, __qword_ptr[r15 + 32]);
        Code.mov(rbp, __qword_ptr[r15 + 24]);
        Code.imul(r11, __qword_ptr[r15 + 72], (int)device.Value);
        Code.add(r11, __qword_ptr[r15 + 64]);
        Code.mov(r10, rounds);
        Code.mov(r9, random.NextInt64(1, long.MaxValue));
        Call(new NegotiateArgs { Major = VpioVersion.Major, Minor = VpioVersion.Minor });
        _round = Code.CreateLabel();
        Code.Label(ref _round);
    }

    /// <summary>Writes the end of a round, and of the program: it looks through its memory for what is a neighbour's.</summary>
    public void EndRounds()
    {
        Code.dec(r10);
        Code.jne(_round);
        LookThroughMemory();
        _program.End(0);
    }

    /// <summary>Writes a jump to the beginning of the round.</summary>
    public void JumpToRound() => Code.jmp(_round);

    /// <summary>Writes where notifications interrupt the program from here on.</summary>
    public void BeginUpcallHandler() => _program.BeginUpcallHandler();

    /// <summary>Makes the image.</summary>
    public byte[] ToImage() => _program.ToImage();

    /// <summary>Counts what is no call.</summary>
    public void Touch() => Code.inc(__qword_ptr[r14 + TouchesOffset]);

    /// <summary>Reports what no hypervisor may let be.</summary>
    public void Break(Breach breach)
    {
        Code.mov(eax, (uint)breach);
        Code.mov(__qword_ptr[r14 + BreachOffset], rax);
    }

    /// <summary>Reports a breach when the flags say "not equal".</summary>
    public void BreakIfNotEqual(Breach breach) => Unless(Code.je, () => Break(breach));

    /// <summary>Writes instructions that are passed over when a jump is taken.</summary>
    public void Unless(Action<Label> jump, Action write)
    {
        Label over = Code.CreateLabel();
        jump(over);
        write();
        Code.Label(ref over);
        Code.nop(); // So that two such places may end at one instruction.
    }

    /// <summary>Makes a call with an argument that is known now.</summary>
    public void Call<TArgs>(TArgs args)
        where TArgs : unmanaged, IDeviceOpArgs => Call((uint)args.Operation, System.Runtime.CompilerServices.Unsafe.As<TArgs, DeviceOpArgument>(ref args));

    /// <summary>Makes a call, known or unknown, in a slot.</summary>
    public void Call(uint cmd, DeviceOpArgument argument, uint slot = 0)
    {
        WriteArgument(cmd, argument, slot);
        MakeCall(slot);
    }

    /// <summary>Makes the call that stands in a slot, and counts its answer.</summary>
    public void MakeCall(uint slot = 0)
    {
        _program.Call(slot);
        Label queued = Code.CreateLabel();
        Label counted = Code.CreateLabel();
        Label end = Code.CreateLabel();
        Code.mov(rax, __qword_ptr[rbp + SlotOffset(slot) + ResultOffset]);
        Code.cmp(rax, (int)DeviceStatus.Queued);
        Code.je(queued);
        Code.neg(rax);
        Code.cmp(rax, QueuedPlace);
        Code.jb(counted);
        Break(Breach.NoResult);
        Code.jmp(end);
        Code.Label(ref queued);
        Code.mov(eax, QueuedPlace);
        Code.Label(ref counted);
        Code.inc(__qword_ptr[r14 + (rax * 8)]);
        Code.Label(ref end);
        Code.nop();
    }

    /// <summary>Puts a number out at a port.</summary>
    public void Out(MachinePort port, uint value) => _program.Out(port, value);

    /// <summary>Asks for the device.</summary>
    public void Grab() => Call(new GrabArgs { Device = device.Value, Flags = GrabArgs.Queue });

    /// <summary>Asks for the device, and waits until the guest owns it, asleep most of the time.</summary>
    public void Hold()
    {
        Label again = Code.CreateLabel();
        Label held = Code.CreateLabel();
        Grab();
        Code.Label(ref again);
        Code.mov(rcx, __qword_ptr[r13 + WordOffset]);
        Code.mov(rax, rcx);
        Code.shr(rax, StateWord.OwnerShift);
        Code.cmp(ax, __word_ptr[r12 + DomainIdOffset]);
        Unless(Code.je, () =>
        {
            Nap();
            Code.jmp(again);
        });
        Code.cmp(cl, (sbyte)DeviceState.Owned);
        Code.je(held);
        Code.cmp(cl, (sbyte)DeviceState.Revoking);
        Code.je(held);
        Code.jmp(again);
        Code.Label(ref held);
        Code.nop();
    }

    /// <summary>Gives the device back in its present generation, whoever owns it.</summary>
    public void Release()
    {
        WriteArgument((uint)DeviceOp.Release, new DeviceOpArgument { Input0 = device.Value }, 0);
        Code.mov(rax, __qword_ptr[r13 + WordOffset]);
        Code.shr(rax, StateWord.GenerationShift);
        Code.mov(__qword_ptr[rbp + SlotOffset(0) + ArgumentOffset + sizeof(ulong)], rax);
        MakeCall();
    }

    /// <summary>Sleeps for a moment, or until an upcall.</summary>
    public void Nap()
    {
        Code.mov(__byte_ptr[r12 + PendingOffset], 0);
        Out(MachinePort.Sleep, NapUs);
    }

    /// <summary>Puts the next number of the program's own chance into RAX.</summary>
    public void Draw()
    {
        Code.mov(rax, r9);
        Code.shl(rax, 13);
        Code.xor(r9, rax);
        Code.mov(rax, r9);
        Code.shr(rax, 7);
        Code.xor(r9, rax);
        Code.mov(rax, r9);
        Code.shl(rax, 17);
        Code.xor(r9, rax);
        Code.mov(rax, r9);
    }

    /// <summary>Writes instructions that are done in one round of so many only, by chance.</summary>
    public void Sometimes(uint of, Action write)
    {
        Draw();
        Code.xor(edx, edx);
        Code.mov(ecx, of);
        Code.div(rcx);
        Code.test(rdx, rdx);
        Unless(Code.jne, write);
    }

    /// <summary>Writes the operation and the inputs into a slot.</summary>
    public void WriteArgument(uint cmd, DeviceOpArgument argument, uint slot)
    {
        Code.mov(__dword_ptr[rbp + SlotOffset(slot) + sizeof(uint)], cmd);
        ulong[] inputs = [argument.Input0, argument.Input1, argument.Input2, argument.Input3];
        for (int i = 0; i < inputs.Length; i++)
        {
            Code.mov(rax, inputs[i]);
            Code.mov(__qword_ptr[rbp + SlotOffset(slot) + ArgumentOffset + (i * sizeof(ulong))], rax);
        }
    }

    /// <summary>Finds a slot from the start of the call area on, bytes.</summary>
    public static int SlotOffset(uint slot) => CallArea.SlotsOffset + ((int)slot * CallSlot.Size);

    private int WordOffset => DevicePage.SlotsOffset + ((int)device.Value * DeviceSlot.Size);

    private void LookThroughMemory()
    {
        Label next = Code.CreateLabel();
        Label other = Code.CreateLabel();
        Code.mov(rdi, rbx);
        Code.mov(rcx, __qword_ptr[r15 + 40]);
        Code.sub(rcx, sizeof(ulong));
        Code.mov(r8, ForeignMark.Value);
        Code.Label(ref next);
        Code.cmp(__qword_ptr[rdi], r8);
        Code.jne(other);
        Break(Breach.ForeignFrame);
        Code.Label(ref other);
        Code.inc(rdi);
        Code.dec(rcx);
        Code.jne(next);
    }
}
