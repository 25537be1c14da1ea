using System.IO.Hashing;

namespace Vpio.Tool.Accounting;

/// <summary>Stands for the bytes of a frame in 64 bits, so that a frame can be recognised without being kept.</summary>
/// <remarks>It is XXH64 with seed 0, which a guest's program in another language has in some fifty lines.</remarks>
internal static class FrameDigest
{
    /// <summary>Computes the digest of a frame.</summary>
    /// <param name="frame">All its bytes.</param>
    /// <returns>Equal for equal frames; for others it differs but for one case in 2^64.</returns>
    internal static ulong Of(ReadOnlySpan<byte> frame) => XxHash64.HashToUInt64(frame);
}
