using Vpio.Abi;

namespace Vpio.Hostile.Attacks;

/// <summary>Releases and cancels what others own and wait for, in every generation near the present one and in numbers too wide for one.</summary>
internal sealed class ForeignReleases() : Attack("foreign-releases", "releases what others own, in every generation near the present one and in wide numbers")
{
    public override void Strike(Assault assault)
    {
        HostileNumbers numbers = new(assault);
        while (assault.GoesOn)
        {
            DeviceIndex device = new((uint)assault.Random.Next(3)); // Its own, one that it has not, and none.
            ulong present = assault.WordOf(device).Generation.Value;
            for (int near = -8; near <= 8; near++)
                assault.Release(device, present + (ulong)near);
            assault.Release(device, present | (1UL << assault.Random.Next(40, 64)));
            assault.Release(device, numbers.Extreme());
            assault.Cancel(device);
        }
    }
}
