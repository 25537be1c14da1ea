using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="PollInLoop"/>, of VPIO1023.</summary>
internal sealed class PollInLoopTests
{
    [Test]
    public Task TheLoopIsLeftWhenTheDeviceIsWanted() => FixCase.Members<PollInLoop>("""
        public void Send()
        {
            nic.Grab();
            {|VPIO1023:while|} (Elsewhere.More())
                nic.Write(0, 1);
            nic.Release();
        }
        """, """
        public void Send()
        {
            nic.Grab();
            while (Elsewhere.More())
            {
                if (nic.Wanted)
                {
                    break;
                }

                nic.Write(0, 1);
            }

            nic.Release();
        }
        """, "VPIO1023");

    [Test]
    public Task CommentsStay() => FixCase.Members<PollInLoop>("""
        public void Send(IEnumerable<uint> values)
        {
            using var scope = nic.Enter();
            // One after the other.
            {|VPIO1023:foreach|} (uint value in values)
            {
                // Tells the card.
                nic.Write(0, value); // now
            }
        }
        """, """
        public void Send(IEnumerable<uint> values)
        {
            using var scope = nic.Enter();
            // One after the other.
            foreach (uint value in values)
            {
                if (nic.Wanted)
                {
                    break;
                }
                // Tells the card.
                nic.Write(0, value); // now
            }
        }
        """, "VPIO1023");

    [Test]
    public Task ALoopWithTouchesBehindIsLeftAlone() => FixCase.NotOffered<PollInLoop>("""
        public void Send()
        {
            nic.Grab();
            {|VPIO1023:while|} (Elsewhere.More())
                nic.Write(0, 1);
            nic.Write(4, 1);
            nic.Release();
        }
        """, "VPIO1023");

    [Test]
    public Task AllLoopsAreLeft() => FixCase.Members<PollInLoop>("""
        public void One()
        {
            nic.Grab();
            {|VPIO1023:while|} (Elsewhere.More())
                nic.Write(0, 1);
            nic.Release();
        }

        public void Two()
        {
            using var scope = other.Enter();
            {|VPIO1023:do|}
            {
                other.Write(0, 1);
            }
            while (Elsewhere.More());
        }
        """, """
        public void One()
        {
            nic.Grab();
            while (Elsewhere.More())
            {
                if (nic.Wanted)
                {
                    break;
                }

                nic.Write(0, 1);
            }

            nic.Release();
        }

        public void Two()
        {
            using var scope = other.Enter();
            do
            {
                if (other.Wanted)
                {
                    break;
                }

                other.Write(0, 1);
            }
            while (Elsewhere.More());
        }
        """, "VPIO1023");
}
