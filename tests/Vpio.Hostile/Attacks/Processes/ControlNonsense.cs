using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Processes;

namespace Vpio.Hostile.Attacks.Processes;

/// <summary>Floods the control socket: asks for everything again and again, has every slot served, kicks all devices, and in the end talks nonsense; it takes no answer.</summary>
internal sealed unsafe class ControlNonsense() : Attack("control-nonsense", "floods the control socket with requests of every kind, takes no answers, and ends with nonsense")
{
    private const int Kinds = 5;
    private const int DoNotWait = 0x40;
    private const int NonsenseBytes = 100;

    public override bool NeedsProcess => true;

    public override void Strike(Assault assault)
    {
        Random random = assault.Random;
        while (assault.GoesOn)
        {
            ControlMessage message = new()
            {
                Kind = (uint)random.Next(1, Kinds),
                Index = (uint)random.Next(DevicePage.SlotCount),
                LengthBytes = (ulong)random.NextInt64(),
            };
            if (message.Kind == (uint)ControlKind.Serve)
                message.Index %= CallArea.SlotCount;
            Send(MemoryMarshal.AsBytes(new ReadOnlySpan<ControlMessage>(in message)));
            assault.Touch();
            assault.Grab(assault.Devices[0], queue: random.Next(2) == 0);
            assault.Release(assault.Devices[0]);
        }

        byte[] nonsense = new byte[NonsenseBytes];
        random.NextBytes(nonsense);
        Send(nonsense);
        assault.Hold(assault.Devices[0]); // And dies with the device.
    }

    private static void Send(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
            _ = Libc.Send(ControlMessage.Descriptor, start, bytes.Length, DoNotWait);
    }
}
