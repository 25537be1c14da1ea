using Vpio.Abi.Layout;

internal static class Copying
{
    public static bool TryCopy([GuestWritable] ReadOnlySpan<byte> message, Span<byte> into)
    {
        if (message[0] > into.Length)
            return false;
        int length = message[0]; // VPIO2007: the guest can have made it longer since
        return message[1..].TryCopyTo(into[..length]);
    }
}
