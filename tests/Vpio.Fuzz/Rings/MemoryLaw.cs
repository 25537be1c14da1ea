using Vpio.Fuzz.Worlds;

namespace Vpio.Fuzz.Rings;

/// <summary>Judges that a step of a device writes nothing but pages of its owner that the owner mapped writable.</summary>
internal sealed class MemoryLaw
{
    private const int PageBytes = 4096;

    private byte[] _before = [];

    /// <summary>Remembers the memory of all guests.</summary>
    /// <param name="guests">The guests.</param>
    public void Begin(ReadOnlySpan<RingGuest> guests)
    {
        int length = guests[0].Guest.Whole.Length;
        if (_before.Length < length * guests.Length)
            _before = new byte[length * guests.Length];
        for (int i = 0; i < guests.Length; i++)
            guests[i].Guest.Whole.CopyTo(_before.AsSpan(i * length));
    }

    /// <summary>Judges what was written.</summary>
    /// <param name="guests">The guests.</param>
    /// <param name="owner">Who owned the device during the step; <see langword="null"/> when nobody did.</param>
    public void End(ReadOnlySpan<RingGuest> guests, RingGuest? owner)
    {
        for (int i = 0; i < guests.Length; i++)
        {
            Span<byte> now = guests[i].Guest.Whole;
            ReadOnlySpan<byte> before = _before.AsSpan(i * now.Length, now.Length);
            if (now.SequenceEqual(before))
                continue;
            for (int at = 0; at < now.Length; at += PageBytes)
                Judge(guests[i], at, before.Slice(at, PageBytes).SequenceEqual(now.Slice(at, PageBytes)), guests[i] == owner);
        }
    }

    private static void Judge(RingGuest guest, int at, bool isAsBefore, bool isOwner)
    {
        if (isAsBefore)
            return;
        BrokenPromiseException.Unless(isOwner, "A device writes its owner's memory only", at);
        BrokenPromiseException.Unless(at < FuzzWorld.MemoryBytes && guest.Mappings.Any(mapping => mapping.LetsWrite((ulong)at)), "A device writes only what its owner mapped for that", at);
    }
}
