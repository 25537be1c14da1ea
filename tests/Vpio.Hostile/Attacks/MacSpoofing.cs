using System.Buffers.Binary;
using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Hostile.Attacks;

/// <summary>Sends frames in others' names, to others and to all; writes others' addresses into its own address register.</summary>
internal sealed class MacSpoofing() : Attack("mac-spoofing", "sends frames from others' addresses, to others and to all, and rewrites its own address register")
{
    private const uint FrameBytes = 60;
    private const uint ATurn = 32;

    public override void Strike(Assault assault)
    {
        DeviceIndex device = assault.Devices[0];
        HostileRings rings = new(assault, device);
        while (assault.GoesOn && assault.Hold(device))
        {
            rings.SetUp();
            MacAddress own = rings.Address;
            for (uint count = 0; count < ATurn; count++)
                Write(assault.Random, rings.TransmitBuffer(count), own, count);
            rings.Window.Write64(NicRegister.MacAddress, Other(assault.Random, own).Value);
            rings.Write32(NicRegister.TxTail, ATurn);
            rings.Ring();

            // Until all are taken, so that the next turn writes over none of them; a look by call is a hostile call too.
            while (assault.GoesOn && rings.Window.Read32(NicRegister.TxHead) != ATurn && assault.WordOf(device).State == DeviceState.Owned)
                assault.Grab(device, queue: false);
            assault.Release(device);
        }
    }

    /// <summary>Writes a frame in another's name. One of many is honest: it shows that the way is open.</summary>
    private static void Write(Random random, Span<byte> buffer, MacAddress own, uint count)
    {
        MacAddress from = count == 0 ? own : Other(random, own);
        MacAddress to = count == 0 || random.Next(3) == 0 ? MacAddress.Broadcast : Other(random, own);
        random.NextBytes(buffer[..(int)FrameBytes]);
        BinaryPrimitives.WriteUInt64LittleEndian(buffer, to.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(buffer[6..], (uint)from.Value);
        BinaryPrimitives.WriteUInt16LittleEndian(buffer[10..], (ushort)(from.Value >> 32));
    }

    /// <summary>Makes up an address near its own: the neighbours' are among them. One bit off is another's too.</summary>
    private static MacAddress Other(Random random, MacAddress own)
    {
        while (true)
        {
            ulong change = random.Next(2) == 0 ? 1UL << random.Next(48) : (ulong)random.Next(16) << 32;
            MacAddress other = new(own.Value ^ change);
            if (other != own)
                return other;
        }
    }
}
