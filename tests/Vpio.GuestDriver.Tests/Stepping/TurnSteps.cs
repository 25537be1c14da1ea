using Vpio.Abi.Processes.Linux;

namespace Vpio.GuestDriver.Tests.Stepping;

/// <summary>Is one side's accesses to a call slot.</summary>
internal readonly struct TurnSteps(Steps<TurnMemory> steps, bool isHypervisor) : ITurnWords
{
    public uint LoadTurn() => (uint)steps.Access(words => words.Turn);

    public void ExchangeTurn(uint turn) => steps.Do(words => words.Turn = turn);

    public void SetAsleep() => SetAsleep(true);

    public void ClearAsleep() => SetAsleep(false);

    public bool IsOtherAsleep()
    {
        bool hypervisors = !isHypervisor;
        return steps.Ask(words => hypervisors ? words.HypervisorAsleep : words.GuestAsleep);
    }

    public bool HasEnded()
    {
        bool hypervisors = isHypervisor;
        return steps.Ask(words => hypervisors ? words.HypervisorEnded : words.GuestEnded);
    }

    public uint? LookForAWhile(bool hypervisors) => null;

    // The kernel compares and begins the sleep in one step.
    public void Sleep(uint seen)
    {
        bool hypervisors = isHypervisor;
        uint bit = steps.Bit;
        steps.Do(words => words.Sleepers |= words.Turn == seen && !(hypervisors ? words.HypervisorEnded : words.GuestEnded) ? bit : 0);
        steps.Do(_ => { }, canGoOn: words => (words.Sleepers & bit) == 0);
    }

    public void Wake() => steps.Do(words => words.Sleepers = 0);

    private void SetAsleep(bool asleep)
    {
        bool hypervisors = isHypervisor;
        steps.Do(words =>
        {
            if (hypervisors)
                words.HypervisorAsleep = asleep;
            else
                words.GuestAsleep = asleep;
        });
    }
}
