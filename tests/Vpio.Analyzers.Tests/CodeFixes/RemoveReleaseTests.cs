using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="RemoveRelease"/>, of VPIO1006.</summary>
internal sealed class RemoveReleaseTests
{
    [Test]
    public Task ASecondReleaseGoes() => FixCase.Members<RemoveRelease>("""
        public void Send()
        {
            nic.Grab();
            nic.Release();
            {|VPIO1006:nic.Release()|};
        }
        """, """
        public void Send()
        {
            nic.Grab();
            nic.Release();
        }
        """);

    [Test]
    public Task CommentsStayWhereItWas() => FixCase.Members<RemoveRelease>("""
        public void Send()
        {
            if (!nic.TryGrab())
            {
                // Nothing to do.
                {|VPIO1006:nic.Release()|};
                return;
            }

            nic.Release();
            // The end.
            {|VPIO1006:nic.Release()|};
        }
        """, """
        public void Send()
        {
            if (!nic.TryGrab())
            {
                // Nothing to do.
                return;
            }

            nic.Release();
            // The end.
        }
        """);
}
