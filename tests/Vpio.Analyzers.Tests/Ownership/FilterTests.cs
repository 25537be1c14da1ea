namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Filters: they may say no, and run before the inner finallys.</summary>
internal sealed class FilterTests
{
    private const string Leaks = "VPIO1010";

    [Test]
    public Task AFilterMaySayNo() => OwnershipCase.Members("""
        public void Send()
        {
            {|VPIO1010:nic.Grab()|};
            try
            {
                MayFail();
                nic.Release();
            }
            catch (Exception e) when (e is TimeoutException or IOException)
            {
                nic.Release();
                throw;
            }
        }
        """, Leaks);

    [Test]
    public Task AFilterRunsBeforeTheInnerFinally() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            try
            {
                try
                {
                    MayFail();
                }
                finally
                {
                    nic.Release();
                }
            }
            catch (Exception) when (nic.Read(0) != 0)
            {
                Log();
            }
        }
        """, Leaks);

    [Test]
    public Task AFilterSeesEachPlaceThatMayThrow() => OwnershipCase.Members("""
        public void Send()
        {
            try
            {
                MayFail();
                nic.Grab();
                try
                {
                    MayFail();
                }
                finally
                {
                    nic.Release();
                }
            }
            catch (Exception) when ({|VPIO1002:nic.Read(0)|} != 0)
            {
                Log();
            }
        }
        """, Leaks);
}
