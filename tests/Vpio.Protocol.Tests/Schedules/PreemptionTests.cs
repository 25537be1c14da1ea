using Vpio.Abi;

namespace Vpio.Protocol.Tests.Schedules;

/// <summary>
/// Runs the shipping transitions against each other in every schedule in which operations preempt one another: from
/// each of several situations, each operation, preempted before each of its accesses by each other operation, which is
/// preempted before each of its accesses by a third. What must hold afterwards holds whatever happened.
/// </summary>
[TestFixture]
internal sealed class PreemptionTests
{
    private const int LongestOperation = 60;

    private static readonly Dictionary<string, Action<Bench>> Situations = new()
    {
        ["free"] = _ => { },
        ["free, context of 1"] = bench => Steps(bench, "1 queue", "1 release"),
        ["owned"] = bench => Steps(bench, "1 queue"),
        ["owned, one waits"] = bench => Steps(bench, "1 queue", "2 queue"),
        ["owned, two wait"] = bench => Steps(bench, "1 queue", "2 queue", "3 queue"),
        ["revoking, one waits"] = bench => Steps(bench, "1 queue", "2 queue", "revoke"),
    };

    private static readonly Dictionary<string, Action<Bench>> Operations = new()
    {
        ["1 queue"] = bench => bench.Queue(1),
        ["1 try"] = bench => bench.Try(1),
        ["1 release"] = bench => bench.Release(1),
        ["1 stop"] = bench => bench.Stop(1),
        ["2 queue"] = bench => bench.Queue(2),
        ["2 queue, 3 try"] = bench => bench.QueueThenTry(2, 3),
        ["2 try"] = bench => bench.Try(2),
        ["2 cancel"] = bench => bench.Cancel(2),
        ["2 release"] = bench => bench.Release(2),
        ["2 stop"] = bench => bench.Stop(2),
        ["3 queue"] = bench => bench.Queue(3),
        ["revoke"] = bench => bench.Revoke(),
        ["time out"] = bench => bench.TimeOut(),
        ["unplug"] = bench => bench.Unplug(),
        ["unplug, replug"] = bench => bench.UnplugAndReplug(),
    };

    [TestCaseSource(nameof(SituationNames))]
    public void WhateverPreemptsWhatNothingIsLostAndNothingIsSharedFrom(string situation)
    {
        int schedules = 0;
        foreach ((string first, Action<Bench> outer) in Operations)
        {
            foreach ((string second, Action<Bench> inner) in Operations)
            {
                foreach ((string third, Action<Bench> innermost) in Operations)
                    schedules += RunAll(situation, (first, outer), (second, inner), (third, innermost));
            }
        }

        TestContext.Out.WriteLine($"{situation}: {schedules:N0} schedules");
        Assert.That(schedules, Is.GreaterThan(10_000), "the operations were not preempted");
    }

    private static IEnumerable<string> SituationNames() => Situations.Keys;

    private static void Steps(Bench bench, params string[] steps)
    {
        foreach (string step in steps)
            Operations[step](bench);
    }

    private static int RunAll(
        string situation, (string Name, Action<Bench> Run) first, (string Name, Action<Bench> Run) second, (string Name, Action<Bench> Run) third)
    {
        int schedules = 0;
        for (int outer = 0; outer < LongestOperation; outer++)
        {
            bool outerHappened = false;
            for (int inner = 0; inner < LongestOperation; inner++)
            {
                Bench bench = new();
                Situations[situation](bench);
                Preemption innermost = new(inner, () => third.Run(bench));
                Preemption preemption = new(outer, () => second.Run(bench), innermost);
                PreemptedMemory.Run(() => first.Run(bench), preemption);
                innermost.After?.Invoke();
                preemption.After?.Invoke();
                outerHappened = preemption.Happened;
                if (!innermost.Happened && inner > 0)
                    break;
                schedules++;
                Judge(bench, $"{situation}: {first.Name}, before its access {outer}: {second.Name}, before its access {inner}: {third.Name}");
            }

            if (!outerHappened)
                break;
        }

        return schedules;
    }

    private static void Judge(Bench bench, string schedule)
    {
        StateWord word = bench.Word;
        List<string> faults = [.. bench.Watch.Faults];
        void Expect(bool held, string what)
        {
            if (!held)
                faults.Add(what);
        }

        Expect(word.State != DeviceState.Reclaiming, "the device is stuck in RECLAIMING");
        Expect(word.State != DeviceState.Free || !bench.Ownership.Waiting.Any(), "the device is free and somebody waits: a lost wake-up");
        Expect(word.State != DeviceState.Offline || !bench.Ownership.Waiting.Any(), "somebody waits for a device that is gone");
        Expect(!word.IsHeld || bench.Watch.Loaded == word.Owner, "the owner has another guest's context");
        Expect(!word.IsHeld || !bench.IsMarked(word.Owner), "a stopped guest owns the device");
        Expect(
            word.State != DeviceState.Owned || !bench.Ownership.Waiting.AnyBesides(word.Owner) || bench.Watch.Timed.Contains(word.Value),
            "somebody waits and no slice runs");
        for (int guest = 1; guest <= Bench.Guests; guest++)
        {
            DomainId id = Bench.Guest(guest);
            Expect(!bench.IsMarked(id) || !bench.Ownership.Waiting.Contains(id), $"{id} is stopped and waits");
            Expect(!bench.IsMarked(id) || bench.Watch.Loaded != id, $"{id} is stopped and its context is loaded");
        }

        if (faults.Count > 0)
            Assert.Fail($"{string.Join("; ", faults)}\n{schedule}\nthe word is {word}");
    }
}
