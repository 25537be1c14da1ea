namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Touching: only while held, on every path.</summary>
internal sealed class TouchTests
{
    [Test]
    public Task ATouchWithoutAGrabIsReported() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1001:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task ATouchBetweenGrabAndReleaseIsFine() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            nic.Write(0, 1);
            nic.Release();
        }
        """);
}
