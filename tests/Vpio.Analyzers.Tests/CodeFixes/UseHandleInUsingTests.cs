using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="UseHandleInUsing"/>, of VPIO1008, VPIO1009, VPIO1010.</summary>
internal sealed class UseHandleInUsingTests
{
    [Test]
    public Task AHandleIsDeclaredWithUsing() => FixCase.Members<UseHandleInUsing>("""
        public void Send()
        {
            var scope = {|VPIO1008:nic.Enter()|};
            nic.Write(0, 1);
        }
        """, """
        public void Send()
        {
            using var scope = nic.Enter();
            nic.Write(0, 1);
        }
        """);

    [Test]
    public Task CommentsStayAndADroppedHandleGetsAName() => FixCase.Members<UseHandleInUsing>("""
        public void Send()
        {
            Elsewhere.Log();

            // Mine now.
            {|VPIO1008:nic.GrabLease()|}; // kept
            nic.Write(0, 1);
        }
        """, """
        public void Send()
        {
            Elsewhere.Log();

            // Mine now.
            using var hold = nic.GrabLease(); // kept
            nic.Write(0, 1);
        }
        """);

    [Test]
    public Task AHandleThatSomePathKeepsIsDisposedOf() => FixCase.Members<UseHandleInUsing>("""
        public void Send(bool early)
        {
            Lease lease = {|VPIO1009:nic.GrabLease()|};
            if (early)
                return;
            lease.Write(0, 1);
            lease.Dispose();
        }
        """, """
        public void Send(bool early)
        {
            using Lease lease = nic.GrabLease();
            if (early)
                return;
            lease.Write(0, 1);
            lease.Dispose();
        }
        """);

    [Test]
    public Task AHandleIsDisposedOfWhenSomethingThrows() => FixCase.Members<UseHandleInUsing>("""
        public void Send()
        {
            var lease = {|VPIO1010:nic.GrabLease()|};
            Elsewhere.MayFail();
            lease.Dispose();
        }
        """, """
        public void Send()
        {
            using var lease = nic.GrabLease();
            Elsewhere.MayFail();
            lease.Dispose();
        }
        """, "VPIO1010");

    [Test]
    public Task AHandleThatIsReturnedIsNotDisposedOf() => FixCase.NotOffered<UseHandleInUsing>("""
        public Lease Open()
        {
            var lease = {|VPIO1008:nic.GrabLease()|};
            return lease;
        }
        """);

    [Test]
    public Task AllHandlesAreDisposedOf() => FixCase.Members<UseHandleInUsing>("""
        public void Send()
        {
            var one = {|VPIO1008:nic.Enter()|};
            var two = {|VPIO1008:other.Enter()|};
        }
        """, """
        public void Send()
        {
            using var one = nic.Enter();
            using var two = other.Enter();
        }
        """);
}
