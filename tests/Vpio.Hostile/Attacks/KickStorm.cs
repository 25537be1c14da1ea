using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Hostile.Attacks;

/// <summary>Kicks its device and all others without pause, and writes doorbells into windows that are dead.</summary>
internal sealed class KickStorm() : Attack("kick-storm", "kicks devices without pause, its own and others', and rings doorbells in dead windows")
{
    public override void Strike(Assault assault)
    {
        HostileNumbers numbers = new(assault);
        while (assault.GoesOn)
        {
            DeviceIndex device = new((uint)numbers.Device());
            IHostileWindow window = assault.GetWindow(device);
            for (uint kick = 0; kick < 16; kick++)
            {
                if (window.LengthBytes > 0)
                    window.Write32(NicRegister.TxTail, kick);
                assault.Port.Kick(device);
                assault.Touch();
            }

            if (assault.Grab(device, queue: assault.Random.Next(2) == 0) == DeviceStatus.Queued)
                assault.Cancel(device);
            if (device.IsValid)
                assault.Release(device);
        }
    }
}
