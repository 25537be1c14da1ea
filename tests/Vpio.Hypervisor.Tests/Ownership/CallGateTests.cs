using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Tests.Ownership;

/// <summary>Holds the gate that lets a guest's calls run out before what they hold is used again (docs/ownership.md, rule 8).</summary>
[TestFixture]
internal sealed class CallGateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CallGate<HardwareMemory> _gate = new();

    [Test]
    public void WithoutCallsADrainReturnsAtOnce()
    {
        for (int i = 0; i < 5; i++)
            AssertDrains();
    }

    [Test]
    public void ADrainWaitsForACallThatBeganBeforeIt()
    {
        for (int turn = 0; turn < 4; turn++)
        {
            bool over = false;
            int call = _gate.Enter();
            Task<bool> drained = Task.Run(() =>
            {
                _gate.Drain();
                return Volatile.Read(ref over);
            });
            Volatile.Write(ref over, true);
            _gate.Leave(call);
            Assert.That(drained.Wait(Patience));
            Assert.That(drained.Result, "it did not wait");
        }
    }

    [Test]
    public void CallsWithoutPauseDoNotHoldUpADrain()
    {
        using CancellationTokenSource enough = new();
        Task caller = Task.Run(() =>
        {
            // At every moment a call is under way: the next begins before the last is over.
            int last = _gate.Enter();
            while (!enough.IsCancellationRequested)
            {
                int next = _gate.Enter();
                _gate.Leave(last);
                last = next;
            }

            _gate.Leave(last);
        });
        for (int i = 0; i < 100; i++)
            AssertDrains();
        enough.Cancel();
        Assert.That(caller.Wait(Patience));
        AssertDrains();
    }

    [Test]
    public void SeveralDrainAtOnce()
    {
        int call = _gate.Enter();
        Task[] drainers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(_gate.Drain))];
        _gate.Leave(call);
        Assert.That(Task.WaitAll(drainers, Patience));
    }

    private void AssertDrains() => Assert.That(Task.Run(_gate.Drain).Wait(Patience), "a call held up the drain");
}
