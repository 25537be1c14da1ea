using Vpio.Abi;

namespace Vpio.Protocol.Tests.Stress;

/// <summary>Judges a history of one device against the sequential specification of ownership.</summary>
/// <remarks>
/// The specification: the device is free or a guest's; a grant takes it from free under the next generation; its owner's release, or
/// the hypervisor, makes it free. A history is right if each deed can take effect at one moment between its start and its end so that all
/// of them in that order are as specified. Generations number the grants, so their order is given and nothing need be searched:
/// <list type="bullet">
/// <item>each generation is granted once, and released once at most, by the guest that was granted it;</item>
/// <item>a grant that ended before another began has the lower generation;</item>
/// <item>from the end of a grant to the start of its release the device is its owner's, and nobody else's;</item>
/// <item>a try that says busy promises this: at some moment of it the device was not free, or somebody waited. A lost exchange alone is
/// no reason to fail. So its time must meet that of another guest's ownership, wait or call.</item>
/// </list>
/// Of an ownership that the hypervisor ended the end is not in the history; it is held for certain at the end of its grant only.
/// </remarks>
internal static class OwnershipLaw
{
    /// <summary>Finds what is wrong in a history; nothing when it is right.</summary>
    public static IEnumerable<string> Breaches(IReadOnlyCollection<Deed> history)
    {
        Deed[] grants = [.. Of(history, DeedKind.Granted).OrderBy(deed => deed.Generation)];
        ILookup<ulong, Deed> releases = Of(history, DeedKind.Released).ToLookup(deed => deed.Generation);
        return GrantedOnce(grants)
            .Concat(InOrder(grants))
            .Concat(ReleasedOnce(grants, releases))
            .Concat(HeldByOne(grants, releases))
            .Concat(BusyForAReason(history, grants, releases));
    }

    private static IEnumerable<Deed> Of(IEnumerable<Deed> history, DeedKind kind) => history.Where(deed => deed.Kind == kind);

    private static IEnumerable<string> GrantedOnce(Deed[] grants) => grants
        .GroupBy(grant => grant.Generation)
        .Where(same => same.Count() > 1)
        .Select(same => $"generation {same.Key} was granted {same.Count()} times, to {string.Join(" and ", same.Select(grant => grant.Guest))}");

    private static IEnumerable<string> InOrder(Deed[] grants)
    {
        // From the newest down: no older generation may have begun after a newer one had ended.
        long earliestEnd = long.MaxValue;
        foreach (Deed grant in grants.Reverse())
        {
            if (grant.Start > earliestEnd)
                yield return $"generation {grant.Generation} was granted after a newer one";
            earliestEnd = Math.Min(earliestEnd, grant.End);
        }
    }

    private static IEnumerable<string> ReleasedOnce(Deed[] grants, ILookup<ulong, Deed> releases)
    {
        HashSet<(ulong, DomainId)> granted = [.. grants.Select(grant => (grant.Generation, grant.Guest))];
        foreach (IGrouping<ulong, Deed> same in releases)
        {
            if (same.Count() > 1)
                yield return $"generation {same.Key} was released {same.Count()} times";
            if (!granted.Contains((same.Key, same.First().Guest)))
                yield return $"generation {same.Key} was released by {same.First().Guest}, which never got it";
        }
    }

    private static IEnumerable<string> HeldByOne(Deed[] grants, ILookup<ulong, Deed> releases)
    {
        (ulong Generation, long From, long To)[] held = [.. grants
            .Select(grant => (grant.Generation, grant.End, releases[grant.Generation].Select(release => release.Start).DefaultIfEmpty(grant.End).First()))
            .OrderBy(interval => interval.End)];
        for (int i = 1; i < held.Length; i++)
        {
            if (held[i].From < held[i - 1].To)
                yield return $"generations {held[i - 1].Generation} and {held[i].Generation} were held at the same time";
        }
    }

    private static IEnumerable<string> BusyForAReason(IReadOnlyCollection<Deed> history, Deed[] grants, ILookup<ulong, Deed> releases)
    {
        // While any other guest may have held the device, waited for it, or had a call under way.
        List<(DomainId Guest, long From, long To)> reasons = [.. history.Select(deed => (deed.Guest, deed.Start, deed.End))];
        foreach (Deed grant in grants)
            reasons.Add((grant.Guest, grant.Start, releases[grant.Generation].Select(release => release.End).DefaultIfEmpty(long.MaxValue).First()));
        foreach (Deed busy in Of(history, DeedKind.FoundBusy))
        {
            if (!reasons.Exists(reason => reason.Guest != busy.Guest && reason.From < busy.End && reason.To > busy.Start))
                yield return $"{busy.Guest} found the device busy at {busy.Start} to {busy.End}, when it was free and nobody else called";
        }
    }
}
