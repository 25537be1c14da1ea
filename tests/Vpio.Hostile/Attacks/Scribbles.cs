using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Hostile.Attacks;

/// <summary>Writes random bytes over all that the guest may write, while it owns devices and while it does not.</summary>
internal sealed class Scribbles() : Attack("scribbles", "random bytes over guest page, memory, rings and registers, between calls")
{
    private const int Most = 512;

    public override void Strike(Assault assault)
    {
        HostileNumbers numbers = new(assault);
        HostileRings rings = new(assault, assault.Devices[0]);
        while (assault.GoesOn)
        {
            ScribbleOnce(assault);
            uint cmd = numbers.Command();
            DeviceOpArgument argument = numbers.ArgumentOf((DeviceOp)cmd);
            assault.Call(cmd, ref argument);
            if (assault.Random.Next(200) == 0)
                rings.SetUp(); // So that there are rings to spoil.
        }
    }

    /// <summary>Writes once, somewhere, and kicks.</summary>
    public static void ScribbleOnce(Assault assault)
    {
        Random random = assault.Random;
        DeviceIndex device = assault.Devices[random.Next(assault.Devices.Count)];
        switch (random.Next(4))
        {
            case 0:
                random.Scribble(assault.Port.PageBytes(), Most);
                break;
            case 1:
                random.Scribble(assault.Port.MemoryBytes(), Most);
                break;
            case 2:
                random.Scribble(assault.Port.MemoryBytes()[..8192], Most); // Where the rings are.
                break;
            default:
                ScribbleRegister(random, assault.GetWindow(device));
                break;
        }

        assault.Touch();
        assault.Port.Kick(device);
    }

    private static void ScribbleRegister(Random random, IHostileWindow window)
    {
        if (window.LengthBytes == 0)
            return;
        uint offset = (uint)random.Next((int)Math.Min(window.LengthBytes, 0x200) / 8) * 8;
        window.Write64(offset, random.Next(2) == 0 ? (ulong)random.Next(4096) : (ulong)random.NextInt64());
    }
}
