using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="ReleaseAfterTouch"/>, of VPIO1003.</summary>
internal sealed class ReleaseAfterTouchTests
{
    [Test]
    public Task TheReleaseMovesBehindTheTouch() => FixCase.Members<ReleaseAfterTouch>("""
        public void Send()
        {
            nic.Grab();
            nic.Release();
            {|VPIO1003:nic.Write(0, 1)|};
        }
        """, """
        public void Send()
        {
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task TheReleaseMovesBehindTheLastTouchWithItsComment() => FixCase.Members<ReleaseAfterTouch>("""
        public void Send()
        {
            nic.Grab();
            nic.Write(0, 1);
            // Done with it.
            nic.Release(); // at last
            Elsewhere.Log();
            {|VPIO1003:nic.Write(4, 1)|}; // one
            nic.Write(8, 1); // two
            Elsewhere.Log();
        }
        """, """
        public void Send()
        {
            nic.Grab();
            nic.Write(0, 1);
            Elsewhere.Log();
            nic.Write(4, 1); // one
            nic.Write(8, 1); // two
            // Done with it.
            nic.Release(); // at last
            Elsewhere.Log();
        }
        """);

    [Test]
    public Task AViewIsUsedBeforeTheRelease() => FixCase.Members<ReleaseAfterTouch>("""
        public void Send()
        {
            nic.Grab();
            var registers = nic.Registers;
            nic.Release();
            {|VPIO1003:registers[0]|} = 1;
        }
        """, """
        public void Send()
        {
            nic.Grab();
            var registers = nic.Registers;
            registers[0] = 1;
            nic.Release();
        }
        """);

    [Test]
    public Task AReleaseIsNotMovedOverAnAwait() => FixCase.NotOffered<ReleaseAfterTouch>("""
        public async Task Send()
        {
            nic.Grab();
            nic.Release();
            await Elsewhere.Later();
            {|VPIO1003:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task AllReleasesMove() => FixCase.Members<ReleaseAfterTouch>("""
        public void One()
        {
            nic.Grab();
            nic.Release();
            {|VPIO1003:nic.Write(0, 1)|};
        }

        public void Two()
        {
            nic.Grab();
            nic.Release();
            {|VPIO1003:nic.Write(0, 1)|};
            nic.Grab();
            nic.Release();
            {|VPIO1003:nic.Write(0, 1)|};
        }
        """, """
        public void One()
        {
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
        }

        public void Two()
        {
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
        }
        """);
}
