using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Hostile.Attacks;

/// <summary>Makes up arguments: right ones, almost right ones, extreme ones, random ones.</summary>
/// <param name="assault">The thread that wants them.</param>
/// <param name="mostWaitNs">How long a wait lasts that is not over at once, nanoseconds; 0 where nobody moves the clock meanwhile.</param>
internal sealed class HostileNumbers(Assault assault, int mostWaitNs = 20_000)
{
    private const int PageBytes = 4096;

    private static readonly ulong[] Extremes =
    [
        0, 1, 2, 62, 63, 64, 4095, 4096, 4097, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000, (1UL << 40) - 1, 1UL << 40,
        (1UL << 63) - 1, 1UL << 63, 0xFFFF_FFFF_FFFF_F000, ulong.MaxValue - 1, ulong.MaxValue,
    ];

    private readonly Random _random = assault.Random;

    /// <summary>Makes up an operation: most are known.</summary>
    public uint Command() => _random.Next(40) == 0 ? (uint)Extreme() : (uint)_random.Next(9);

    /// <summary>Makes up a number that is at some limit, or any number.</summary>
    public ulong Extreme() => _random.Next(3) == 0 ? (ulong)_random.NextInt64(long.MinValue, long.MaxValue) : Extremes[_random.Next(Extremes.Length)];

    /// <summary>Makes up a device: most are the guest's own, some are others'.</summary>
    public ulong Device() => _random.Next(12) switch
    {
        0 => (uint)Extreme(),
        1 => (ulong)_random.Next(DevicePage.SlotCount + 2),
        _ => assault.Devices[_random.Next(assault.Devices.Count)].Value,
    };

    /// <summary>Makes up an address: most are whole pages near the beginning.</summary>
    public ulong Address() => _random.Next(10) == 0 ? Extreme() : (ulong)_random.Next(64) * PageBytes;

    /// <summary>Makes up a generation of a device: the present one, one near it, or an extreme one.</summary>
    public ulong Generation(ulong device)
    {
        DeviceIndex index = new((uint)device);
        if (!index.IsValid || _random.Next(6) == 0)
            return Extreme();
        return assault.WordOf(index).Generation.Value + (ulong)(_random.Next(3) == 0 ? _random.Next(-4, 5) : 0);
    }

    /// <summary>Makes up the argument of an operation.</summary>
    public DeviceOpArgument ArgumentOf(DeviceOp operation)
    {
        DeviceOpArgument argument = MostlyRight(operation);
        if (_random.Next(8) != 0)
            return argument;

        // A flipped bit of the time of a wait would only make it sleep.
        int bit = _random.Next(operation == DeviceOp.Wait ? 64 : 0, 256);
        ref ulong word = ref WordOf(ref argument, bit / 64);
        word ^= 1UL << (bit % 64);
        return argument;
    }

    /// <summary>Finds one of the four words of the inputs.</summary>
    public static ref ulong WordOf(ref DeviceOpArgument argument, int index)
    {
        switch (index)
        {
            case 0:
                return ref argument.Input0;
            case 1:
                return ref argument.Input1;
            case 2:
                return ref argument.Input2;
            default:
                return ref argument.Input3;
        }
    }

    private DeviceOpArgument MostlyRight(DeviceOp operation)
    {
        ulong device = Device();
        return operation switch
        {
            DeviceOp.Negotiate => new() { Input0 = _random.Next(4) == 0 ? Extreme() : 1, Input1 = Extreme() },
            DeviceOp.GetState or DeviceOp.Query or DeviceOp.Cancel => new() { Input0 = device },
            DeviceOp.Grab => new() { Input0 = device | ((ulong)_random.Next(2) << 32) },
            DeviceOp.Release => new() { Input0 = device, Input1 = Generation(device) },
            DeviceOp.Map => new() { Input0 = Address(), Input1 = Address(), Input2 = Address() & 0xFFFF, Input3 = (ulong)_random.Next(4) },
            DeviceOp.Unmap => new() { Input0 = Address(), Input1 = Address() & 0xFFFF },
            DeviceOp.Wait => new() { Input0 = _random.Next(200) == 0 ? (ulong)_random.Next(mostWaitNs) : 0 },
            _ => new() { Input0 = Extreme(), Input1 = Extreme(), Input2 = Extreme(), Input3 = Extreme() },
        };
    }
}
