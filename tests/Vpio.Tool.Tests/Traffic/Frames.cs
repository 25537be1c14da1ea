using Vpio.Abi.Network;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Tests.Traffic;

/// <summary>Makes frames that can be told apart.</summary>
internal static class Frames
{
    internal static MacAddress Mac(int number) => GuestAddress.Of(0x100 + number);

    internal static byte[] Make(MacAddress source, MacAddress destination, int length = 60, int mark = 0)
    {
        byte[] frame = new byte[length];
        new Random((mark * 31) + length).NextBytes(frame);
        NicFrame.SetDestination(frame, destination);
        NicFrame.SetSource(frame, source);
        return frame;
    }
}
