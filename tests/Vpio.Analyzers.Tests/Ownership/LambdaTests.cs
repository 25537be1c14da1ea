namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Lambdas: what they may touch depends on when they run.</summary>
internal sealed class LambdaTests
{
    [Test]
    public Task ALambdaThatIsInvokedHereSeesTheHold() => OwnershipCase.Members("""
        public void Send()
        {
            Action post = () => nic.Write(0, 1);
            nic.Grab();
            post();
            post.Invoke();
            nic.Release();
        }
        """);

    [Test]
    public Task ALambdaThatIsKeptStartsWithNothing() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            Keep(() => {|VPIO1001:nic.Write(0, 1)|});
            nic.Release();
        }
        """);

    [Test]
    public Task AKeptLambdaIsCheckedLikeAMember() => OwnershipCase.Members("""
        public void Register()
        {
            Keep(() =>
            {
                nic.Grab();
                nic.Write(0, 1);
                nic.Release();
            });
            Keep(() => {|VPIO1008:nic.Grab()|});
        }
        """);

    [Test]
    public Task ALambdaThatRunsAtOnceSeesTheHold() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            Now(() => nic.Write(0, 1));
            nic.Release();
        }
        """);

    [Test]
    public Task EagerQueriesRunAtOnceAndDeferredOnesDoNot() => OwnershipCase.Members("""
        public void Sum(int[] offsets)
        {
            nic.Grab();
            long total = offsets.Sum(at => (long)nic.Read(at));
            bool any = offsets.Any(at => nic.Read(at) != 0);
            nic.Release();
        }

        public void Defer(int[] offsets)
        {
            nic.Grab();
            var words = offsets.Where(at => {|VPIO1001:nic.Read(at)|} != 0);
            nic.Release();
        }

        public void Each(List<int> offsets)
        {
            nic.Grab();
            offsets.ForEach(at => nic.Write(at, 0));
            nic.Release();
        }
        """);

    [Test]
    public Task AnotherThreadStartsWithNothing() => OwnershipCase.Members("""
        public void Send()
        {
            nic.Grab();
            Task.Run(() => {|VPIO1001:nic.Write(0, 1)|});
            new Thread(() => {|VPIO1001:nic.Write(4, 1)|}).Start();
            nic.Release();
        }
        """);

    [Test]
    public Task AGrabThatIsWrappedInALambdaIsStillAGrab() => OwnershipCase.Members("""
        public void Invoke() => ((Action)(() => {|VPIO1008:nic.Grab()|}))();

        public void Hand() => Now(() => {|VPIO1008:nic.Grab()|});
        """);

    [Test]
    public Task AnAnswerComesThroughALambda() => OwnershipCase.Members("""
        public void Send()
        {
            Func<bool> grab = () => nic.TryGrab();
            if (!grab())
                return;
            nic.Write(0, 1);
            nic.Release();
        }
        """);

    [Test]
    public Task AKeptLambdaMayNotTakeAHandleOrViewAlong() => OwnershipCase.Members("""
        public void Handle()
        {
            using Lease lease = nic.GrabLease();
            Keep(() => {|VPIO1015:lease|}.Write(0, 1));
        }

        public void View()
        {
            nic.Grab();
            Buffer words = nic.Map(0, 4);
            Keep(() => {|VPIO1015:words|}[0] = words[1]);
            nic.Release();
        }
        """);

    [Test]
    public Task AnExpressionTreeNeverRuns() => OwnershipCase.Members("""
        public void Describe()
        {
            System.Linq.Expressions.Expression<Action> tree = () => nic.Write(0, 1);
        }
        """);
}
