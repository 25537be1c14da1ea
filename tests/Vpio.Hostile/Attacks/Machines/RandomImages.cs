using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Machines;

namespace Vpio.Hostile.Attacks.Machines;

/// <summary>Is whatever bytes there are: random ones, real programs with bits flipped, and headers that are almost right.</summary>
/// <param name="sound">The real programs.</param>
internal sealed class RandomImages(params AssembledAttack[] sound) : MachineAttack("random-images", "random bytes as programs, real programs with bits flipped, and headers that are almost right")
{
    private const int MostBits = 40;
    private const int Words = MachineImage.Size / sizeof(ulong);

    private static readonly ulong[] Extremes =
    [
        0, 1, MachineImage.Size - 1, MachineImage.Size, 4095, 4096, MachineImage.LoadAddress - 1, MachineImage.LoadAddress, MachineImage.LoadAddress + MachineImage.Size,
        MachineImage.MaxMemoryBytes, MachineImage.MaxMemoryBytes + 1UL, MachineImage.LoadAddress + (ulong)MachineImage.MaxMemoryBytes, uint.MaxValue, 1UL << 47, ulong.MaxValue - 15, ulong.MaxValue,
    ];

    public override bool IsBelieved => false;

    public override bool EndsByItself => false;

    public override byte[] MakeImage(Random random, DeviceIndex device, long rounds)
    {
        byte[] image = sound[random.Next(sound.Length)].MakeImage(random, device, rounds);
        switch (random.Next(4))
        {
            case 0:
                random.NextBytes(image.AsSpan(MachineImage.Size));
                break;
            case 1:
                ref ulong word = ref MemoryMarshal.Cast<byte, ulong>(image.AsSpan())[random.Next(Words)];
                word = random.Next(2) == 0 ? Extremes[random.Next(Extremes.Length)] : word ^ (1UL << random.Next(64));
                break;
            default:
                for (int bits = random.Next(1, MostBits); bits > 0; bits--)
                    image[random.Next(MachineImage.Size, image.Length)] ^= (byte)(1 << random.Next(8));
                break;
        }

        return image;
    }
}
