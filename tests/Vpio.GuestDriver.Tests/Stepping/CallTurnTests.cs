using Vpio.Abi.Processes.Linux;

namespace Vpio.GuestDriver.Tests.Stepping;

/// <summary>Proves the passing of a call slot's turn in every order of its accesses: as it ships, and twins with one step out of place that must fail. The guests' page, "Call slot".</summary>
internal sealed class CallTurnTests
{
    private delegate uint? Awaiting(TurnSteps words, bool hypervisors);

    private delegate void Passing(TurnSteps words, uint awaited);

    [Test]
    public void EveryCallIsAnsweredWhoeverSleepsWhen() => AssertHolds(floor: 250_000, Calls(3), Serve);

    [Test]
    public void AnEndOfTheGuestsSideEndsItsWait() => AssertHolds(floor: 70_000, Calls(2), Serve, EndGuestsSide);

    [Test]
    public void AnEndOfTheHypervisorsSideEndsItsThread() => AssertHolds(floor: 350_000, Calls(2), Serve, EndHypervisorsSide, EndGuestsSide);

    [Test]
    public void AGuestThatTurnsTheTurnAtWillKeepsNoThreadOfTheHypervisorFromItsEnd() => AssertHolds(floor: 3_000, Scribble, Serve, EndHypervisorsSide);

    [Test]
    public void ASleepWithoutASecondLookIsForgotten() => AssertCaught(Await: (words, hypervisors) =>
    {
        while (true)
        {
            uint seen = words.LoadTurn();
            if (CallTurn.IsHypervisors(seen) == hypervisors)
                return seen;
            words.SetAsleep();
            if (words.HasEnded())
                return null;
            words.Sleep(words.LoadTurn()); // What is there by now may be the very turn that it waits for.
        }
    });

    [Test]
    public void SayingSoAfterTheLookIsForgotten() => AssertCaught(Await: (words, hypervisors) =>
    {
        while (true)
        {
            uint seen = words.LoadTurn();
            if (CallTurn.IsHypervisors(seen) == hypervisors)
                return seen;
            if (words.HasEnded())
                return null;
            words.Sleep(seen);
            words.SetAsleep();
        }
    });

    [Test]
    public void LookingAtTheOthersSleepBeforePassingForgetsIt() => AssertCaught(Pass: (words, awaited) =>
    {
        bool isAsleep = words.IsOtherAsleep();
        words.ExchangeTurn(awaited + 1);
        if (isAsleep)
            words.Wake();
    });

    [Test]
    public void PassingBeforeTheAnswerIsWrittenIsSeen()
    {
        static void ServeTooEarly(Steps<TurnMemory> steps)
        {
            TurnSteps words = new(steps, isHypervisor: true);
            while (CallTurn.Await(words, hypervisors: true) is { } turn)
            {
                CallTurn.Pass(words, turn);
                steps.Do(memory => memory.Payload++);
            }
        }

        Assert.That(Explore(Calls(2), ServeTooEarly).Complaint, Does.StartWith("call"));
    }

    private static Action<Steps<TurnMemory>> Calls(int count) => Calls(count, CallTurn.Await, CallTurn.Pass);

    private static Action<Steps<TurnMemory>> Calls(int count, Awaiting awaits, Passing passes) => steps =>
    {
        TurnSteps words = new(steps, isHypervisor: false);
        for (ulong call = 1; call <= (ulong)count; call++)
        {
            ulong number = call * 10;
            steps.Do(memory => memory.Payload = number);
            passes(words, words.LoadTurn());
            if (awaits(words, false) is null)
                break;
            steps.Do(memory =>
            {
                if (memory.Payload == number + 1)
                    memory.Answered++;
                else
                    memory.Wrong = $"call {number} was answered by {memory.Payload}";
            });
        }

        steps.Do(memory => memory.CallerLeft = true);
    };

    private static void Serve(Steps<TurnMemory> steps) => Serve(steps, CallTurn.Await, CallTurn.Pass);

    private static void Serve(Steps<TurnMemory> steps, Awaiting awaits, Passing passes)
    {
        TurnSteps words = new(steps, isHypervisor: true);
        while (awaits(words, true) is { } turn && !words.HasEnded())
        {
            steps.Do(memory => memory.Payload++);
            passes(words, turn);
        }

        steps.Do(memory => memory.ServerLeft = true);
    }

    private static void EndGuestsSide(Steps<TurnMemory> steps)
    {
        steps.Do(memory => memory.GuestEnded = true);
        steps.Do(memory => memory.Sleepers = 0);
    }

    private static void EndHypervisorsSide(Steps<TurnMemory> steps)
    {
        steps.Do(memory => memory.HypervisorEnded = true);
        steps.Do(memory => memory.Sleepers = 0);
    }

    // Hostile: turns the turn and takes the flag away, and leaves.
    private static void Scribble(Steps<TurnMemory> steps)
    {
        steps.Do(memory => memory.Turn++);
        steps.Do(memory => memory.HypervisorAsleep = false);
        steps.Do(memory => memory.Turn++);
        steps.Do(memory => memory.Turn--);
        steps.Do(memory => memory.CallerLeft = true);
    }

    private static void AssertHolds(int floor, params Action<Steps<TurnMemory>>[] actors)
    {
        Exploration<TurnMemory> run = Explore(actors);
        TestContext.Out.WriteLine($"{run.States} states, {run.Ends} ends");
        Assert.That(run.Complaint, Is.Null);
        Assert.That(run.States, Is.GreaterThanOrEqualTo(floor), "the actors took turns");
    }

    private static void AssertCaught(Awaiting? Await = null, Passing? Pass = null) => Assert.That(
        Explore(Calls(2, Await ?? CallTurn.Await, Pass ?? CallTurn.Pass), steps => Serve(steps, Await ?? CallTurn.Await, Pass ?? CallTurn.Pass)).Complaint,
        Does.StartWith("the guest waits for ever"));

    private static Exploration<TurnMemory> Explore(params Action<Steps<TurnMemory>>[] actors) => new Exploration<TurnMemory>(actors).From(new TurnMemory());
}
