using Vpio.Abi;
using Vpio.Abi.Processes;

namespace Vpio.Hostile.Attacks.Processes;

/// <summary>Forks while it holds the device, and ends: the child lives on with every file and the socket, in a session of its own, and works on.</summary>
internal sealed unsafe class ForkWhileHolding() : Attack("fork-while-holding", "forks while it holds the device and ends; the child lives on with every file that it had, and works on with them")
{
    private const int PageBytes = 4096;
    private const int DoNotWait = 0x40;
    private const uint ChildSeconds = 5; // At the latest; it counts its rounds besides.
    private const int Rounds = 50_000;

    public override bool NeedsProcess => true;

    public override void Strike(Assault assault)
    {
        DeviceIndex device = assault.Devices[0];
        HostileRings rings = new(assault, device);
        int[] descriptors = OwnFiles.Descriptors;
        while (assault.GoesOn && !assault.Hold(device))
        {
            // Asks again.
        }

        rings.SetUp();
        assault.Publish();
        if (Libc.Fork() == 0)
            WorkOn(descriptors, device);
        Libc.Exit(0); // The parent holds the device still.
    }

    /// <summary>Is what the child does. Only this thread was copied: nothing here allocates, and no other thread is waited for.</summary>
    private static void WorkOn(int[] descriptors, DeviceIndex device)
    {
        _ = Libc.LeaveSession();
        _ = Libc.EndAfter(ChildSeconds);
        ControlMessage kick = new() { Kind = (uint)ControlKind.Kick, Index = device.Value };
        for (int round = 0; round < Rounds; round++)
        {
            nint page = Libc.Map(0, PageBytes, Libc.ProtectRead | Libc.ProtectWrite, Libc.MapShared, descriptors[round % descriptors.Length], 0);
            if (page != -1)
            {
                *(long*)(page + (round % (PageBytes / sizeof(long)) * sizeof(long))) = round;
                _ = Libc.Unmap(page, PageBytes);
            }

            _ = Libc.Send(ControlMessage.Descriptor, (byte*)&kick, ControlMessage.Size, DoNotWait);
        }
    }
}
