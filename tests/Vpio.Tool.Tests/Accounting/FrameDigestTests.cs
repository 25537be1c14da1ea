using Vpio.Tool.Accounting;

namespace Vpio.Tool.Tests.Accounting;

internal sealed class FrameDigestTests
{
    // The first from the specification of xxHash, the second computed with another implementation.
    [TestCase("", 0xEF46DB3751D8E999)]
    [TestCase("a", 0xD24EC4F1A98C6E5B)]
    public void TheDigestIsXxh64WithSeedZero(string text, ulong digest) =>
        Assert.That(FrameDigest.Of(System.Text.Encoding.ASCII.GetBytes(text)), Is.EqualTo(digest));
}
