namespace Vpio.GuestDriver.Tests;

/// <summary>Makes frames that can be told apart.</summary>
internal static class Frames
{
    internal static byte[] Numbered(int number, int length = 60)
    {
        byte[] frame = new byte[length];
        BitConverter.TryWriteBytes(frame.AsSpan(length - 4), number);
        frame.AsSpan(0, 6).Fill(0xFF);
        return frame;
    }

    internal static int NumberOf(ReadOnlySpan<byte> frame) => BitConverter.ToInt32(frame[^4..]);
}
