using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Contracts;
using Vpio.Analyzers.Flow;
using Vpio.Analyzers.Rules;

namespace Vpio.Analyzers;

/// <summary>Turns what the paths have shown into diagnostics: certain when every path that comes by is wrong, possible when some are.</summary>
internal sealed class Report(Findings findings, TypeAnalysis analysis, Action<Diagnostic> report)
{
    private readonly HashSet<(string Id, Location Where)> _reported = [];

    /// <summary>Reports everything.</summary>
    public void Run()
    {
        foreach (Malformation fault in findings.Malformations)
            report(ContractChecks.Describe(fault));
        foreach (OperationRecord operation in findings.Operations.Where(o => o.Wrong != Verdict.Fine))
            Operation(operation);
        Grabs();
        foreach ((SyntaxNode site, Identity grabbed, Identity later) in analysis.Orders.Where(o => findings.PerhapsHeld(o.Site, o.Later)))
            Emit("VPIO1028", grabbed.Display, site.GetLocation(), null, grabbed.Display, later.Display);
        foreach (SimpleFinding finding in findings.Simple.Where(f => IsWanted(f.Rule)))
            Emit(finding.Rule, finding.Device, finding.Location, finding.Cause, finding.Rule == "VPIO1021" ? $"The member does not {finding.Text}, as its attribute says: correct the body or the attribute" : finding.Text);
    }

    private bool IsWanted(string rule) => rule != "VPIO1023" || analysis.Options.PollObligation;

    private void Operation(OperationRecord operation)
    {
        bool certain = findings.IsCertain(operation);
        string id = operation.Kind switch
        {
            DeviceUse.Touch => TouchId(operation, certain),
            DeviceUse.Requirement => certain ? "VPIO1017" : "VPIO1018",
            DeviceUse.Grab => certain ? "VPIO1004" : "VPIO1005",
            DeviceUse.Release => certain ? "VPIO1006" : "VPIO1007",
            _ => certain ? "VPIO1019" : "VPIO1020",
        };
        if (id is "VPIO1001" or "VPIO1017" && findings.CertainlyHeld(operation.Site, operation.Device) is { } other)
            Emit("VPIO1022", operation.Device.Display, operation.Site.GetLocation(), operation.Cause, operation.Device.Display, other.Display);
        else
            Emit(id, operation.Device.Display, operation.Site.GetLocation(), operation.Cause, id == "VPIO1019" ? $"while '{operation.Device.Display}' is held: release it before" : operation.Device.Display, Reason(operation.Wrong), Advice(operation.Wrong));
    }

    private static string Reason(Verdict wrong) =>
        wrong.HasFlag(Verdict.Revoked) ? "is wanted back or may be lost already"
        : wrong.HasFlag(Verdict.AfterRelease) ? "was released before"
        : wrong.HasFlag(Verdict.SharedOnly) ? "is only observed"
        : "was not grabbed";

    private static string Advice(Verdict wrong) =>
        wrong.HasFlag(Verdict.AfterRelease) ? "move the release behind it, or grab again"
        : wrong.HasFlag(Verdict.Revoked) ? "do it before, or look whether it is still held"
        : "grab it before, or hand the requirement on with [RequiresHeld]";

    private static string TouchId(OperationRecord operation, bool certain)
    {
        Verdict wrong = operation.Wrong;
        if (wrong == Verdict.Revoked)
            return "VPIO1024";
        if (wrong == Verdict.SharedOnly)
            return certain ? "VPIO1017" : "VPIO1018";
        if (!certain)
            return "VPIO1002";
        if (wrong.HasFlag(Verdict.Revoked))
            return "VPIO1024";
        if (wrong.HasFlag(Verdict.AfterRelease))
            return "VPIO1003";
        return wrong == Verdict.Hint ? "VPIO1012" : "VPIO1001";
    }

    private void Grabs()
    {
        foreach (IGrouping<SyntaxNode, KeyValuePair<(SyntaxNode Site, Identity Device), GrabEnds>> site in findings.Grabs.GroupBy(g => g.Key.Site))
        {
            string name = site.First().Key.Device.Display;
            if (site.Any(g => g.Value is { SomeHeld: true, SomeNot: false }))
                Emit("VPIO1008", name, site.Key.GetLocation(), null, name);
            else if (site.Any(g => g.Value.SomeHeld))
                Emit("VPIO1009", name, site.Key.GetLocation(), null, name);
            else if (analysis.Options.ExceptionLeaks && site.Any(g => g.Value.Thrown))
                Emit("VPIO1010", name, site.Key.GetLocation(), null, name);
        }
    }

    private void Emit(string id, string device, Location where, SyntaxNode? cause, params string[] names)
    {
        if (!_reported.Add((id, where)))
            return;
        Location[] causes = cause is null ? [] : [cause.GetLocation()];
        report(Diagnostic.Create(OwnershipRules.ById(id), where, causes, Devices(id, device, names), names));
    }

    // A fix reads the devices here, and not in the message.
    private static ImmutableDictionary<string, string?> Devices(string id, string device, string[] names)
    {
        ImmutableDictionary<string, string?> devices = ImmutableDictionary<string, string?>.Empty;
        if (id is not ("VPIO1016" or "VPIO1021" or "VPIO1026" or "VPIO1027"))
            devices = devices.Add("device", device);
        return id is "VPIO1022" or "VPIO1028" ? devices.Add("held", names[1]) : devices;
    }
}
