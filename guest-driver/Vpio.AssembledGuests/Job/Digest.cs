using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Makes the digest by which domain 0 is told of a frame: XXH64 with seed 0.</summary>
/// <remarks>Source: <c>docs/guest-programs.md</c>, "Reports", and doc/xxhash_spec.md of xxHash.</remarks>
internal sealed class Digest : Part
{
    private const ulong Prime1 = 0x9E37_79B1_85EB_CA87;
    private const ulong Prime2 = 0xC2B2_AE3D_27D4_EB4F;
    private const ulong Prime3 = 0x1656_67B1_9E37_79F9;
    private const ulong Prime4 = 0x85EB_CA77_C2B2_AE63;
    private const ulong Prime5 = 0x27D4_EB2F_1656_67C5;
    private const int LaneBytes = sizeof(ulong);
    private const int StripeBytes = 4 * LaneBytes;

    private static readonly AssemblerRegister64 Sum = rax;
    private static readonly AssemblerRegister64 Left = rcx;
    private static readonly AssemblerRegister64 Bytes = rsi;
    private static readonly AssemblerRegister64 First = rdx; // Prime1
    private static readonly AssemblerRegister64 Second = rdi; // Prime2
    private static readonly AssemblerRegister64 Borrowed = r15; // The guest's memory: neither this nor the upcall handler needs it.
    private static readonly AssemblerRegister64[] Lanes = [r8, r9, r10, r11];

    /// <summary>Makes the part.</summary>
    public Digest(MachineProgram program, Variables variables)
        : base(program, variables) => Make = Subroutine();

    /// <summary>Gets what answers in RAX the digest of as many bytes as ECX says, from RSI on. Changes all registers that are anybody's.</summary>
    public Subroutine Make { get; }

    /// <inheritdoc/>
    public override void Write() => Write(Make, () =>
    {
        Label isShort = Later();
        Label rest = Later();
        Code.push(Borrowed);
        Code.push(Left);
        Code.mov(First, Prime1);
        Code.mov(Second, Prime2);
        Code.mov(Sum, Prime5);
        Code.cmp(Left, StripeBytes);
        Code.jb(isShort);
        DigestStripes();
        Here(isShort);
        Code.pop(Borrowed);
        Code.add(Sum, Borrowed); // The length.
        DigestRest();
        Avalanche();
        Code.pop(Borrowed);
    });

    private void DigestStripes()
    {
        Code.mov(Lanes[0], unchecked(Prime1 + Prime2));
        Code.mov(Lanes[1], Prime2);
        Code.mov(Lanes[2], 0UL);
        Code.mov(Lanes[3], unchecked(0 - Prime1));
        Label again = Here();
        for (int i = 0; i < Lanes.Length; i++)
        {
            Code.mov(Borrowed, __qword_ptr[Bytes + (i * LaneBytes)]);
            Code.imul(Borrowed, Second);
            Code.add(Lanes[i], Borrowed);
            Code.rol(Lanes[i], 31);
            Code.imul(Lanes[i], First);
        }

        Code.add(Bytes, StripeBytes);
        Code.sub(Left, StripeBytes);
        Code.cmp(Left, StripeBytes);
        Code.jae(again);
        Converge();
    }

    private void Converge()
    {
        ReadOnlySpan<byte> rotations = [1, 7, 12, 18];
        Code.xor(eax, eax);
        for (int i = 0; i < Lanes.Length; i++)
        {
            Code.mov(Borrowed, Lanes[i]);
            Code.rol(Borrowed, rotations[i]);
            Code.add(Sum, Borrowed);
        }

        foreach (AssemblerRegister64 lane in Lanes)
        {
            Round(lane);
            Code.xor(Sum, lane);
            Code.imul(Sum, First);
            Code.mov(Borrowed, Prime4);
            Code.add(Sum, Borrowed);
        }
    }

    // What a lane of zero becomes by an input, which is where the input was.
    private void Round(AssemblerRegister64 input)
    {
        Code.imul(input, Second);
        Code.rol(input, 31);
        Code.imul(input, First);
    }

    private void DigestRest()
    {
        AssemblerRegister64 third = r8;
        AssemblerRegister64 fourth = r9;
        AssemblerRegister64 fifth = r10;
        Code.mov(third, Prime3);
        Code.mov(fourth, Prime4);
        Code.mov(fifth, Prime5);
        WhileLeft(sizeof(ulong), () =>
        {
            Code.mov(Borrowed, __qword_ptr[Bytes]);
            Round(Borrowed);
            Mix(27, First, fourth);
        });
        WhileLeft(sizeof(uint), () =>
        {
            Code.mov(r15d, __dword_ptr[Bytes]);
            Code.imul(Borrowed, First);
            Mix(23, Second, third);
        });
        WhileLeft(sizeof(byte), () =>
        {
            Code.movzx(r15d, __byte_ptr[Bytes]);
            Code.imul(Borrowed, fifth);
            Mix(11, First, null);
        });
    }

    private void WhileLeft(int bytes, Action digest)
    {
        Label end = Later();
        Label again = Here();
        Code.cmp(Left, bytes);
        Code.jb(end);
        digest();
        Code.add(Bytes, bytes);
        Code.sub(Left, bytes);
        Code.jmp(again);
        Here(end);
    }

    private void Mix(byte rotation, AssemblerRegister64 factor, AssemblerRegister64? summand)
    {
        Code.xor(Sum, Borrowed);
        Code.rol(Sum, rotation);
        Code.imul(Sum, factor);
        if (summand is { } register)
            Code.add(Sum, register);
    }

    private void Avalanche()
    {
        FoldDown(33);
        Code.imul(Sum, Second);
        FoldDown(29);
        Code.imul(Sum, r8);
        FoldDown(32);
    }

    private void FoldDown(byte bits)
    {
        Code.mov(Borrowed, Sum);
        Code.shr(Borrowed, bits);
        Code.xor(Sum, Borrowed);
    }
}
