using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Flow;

/// <summary>Which devices the clauses of a contract mean at a call.</summary>
internal sealed partial class Evaluator
{
    private IEnumerable<DeviceSet> DevicesOf(Clause clause, Value? receiver, ITypeSymbol? receiverType, Argument[] arguments, SyntaxNode site)
    {
        if (clause.Named)
        {
            foreach (DevicePath path in clause.Paths)
                yield return Resolve(path, receiver, arguments, site);
        }
        else if (clause.Argument is { } parameter)
        {
            Argument? argument = arguments.FirstOrDefault(a => a.Parameter?.Ordinal == parameter.Ordinal);
            yield return argument is null ? DeviceSet.Of(new FreshIdentity(site, parameter.Name)) : OwnDevices(argument.Value, parameter.Type, argument.Operation.Syntax);
        }
        else
        {
            yield return receiver is null ? DeviceSet.Of(new FreshIdentity(site, "the device")) : OwnDevices(receiver, receiverType, site);
        }
    }

    private DeviceSet Resolve(DevicePath path, Value? receiver, Argument[] arguments, SyntaxNode site)
    {
        Value? root = path.Parameter is { } parameter
            ? arguments.FirstOrDefault(a => a.Parameter?.Ordinal == parameter.Ordinal)?.Value ?? Value.Unknown
            : receiver;
        ITypeSymbol? type = path.Parameter?.Type;
        foreach (ISymbol member in path.Members)
        {
            if (root is not null and not ReferenceValue && !member.IsStatic)
                return DeviceSet.Of(new FreshIdentity(site, member.Name));
            if (Path(member.IsStatic ? null : root, member) is not { } step)
                return root is ReferenceValue { Devices: var several } ? Map(several, member) : DeviceSet.Of(new FreshIdentity(site, member.Name));
            root = _state[step] ?? new ReferenceValue(DeviceSet.Of(step));
            type = member switch { IFieldSymbol field => field.Type, IPropertySymbol property => property.Type, IParameterSymbol kept => kept.Type, _ => null };
        }

        return root is null ? DeviceSet.Of(new FreshIdentity(site, "the device")) : OwnDevices(root, type, site);
    }

    private static DeviceSet Map(DeviceSet devices, ISymbol member) => devices.Map(d => new MemberIdentity(d, member));

    private DeviceSet OwnDevices(Value value, ITypeSymbol? type, SyntaxNode site)
    {
        DeviceSet devices = value switch
        {
            ReferenceValue reference => reference.Devices,
            HandleValue handle => handle.Devices,
            ViewValue view => view.Devices,
            PendingValue pending => pending.Devices,
            ConstantValue { Failed: { } failed } => failed,
            OpaqueValue opaque => DeviceSet.Of(new FreshIdentity(opaque.Id, opaque.Id is SyntaxNode ? null : "the device")),
            _ => DeviceSet.Of(new FreshIdentity(site)),
        };
        return value is ReferenceValue && type is not null && analysis.Contracts.TraitsOf(type).SameAs is { } same
            ? same.Members.Aggregate(devices, Map)
            : devices;
    }

    private void CheckOrder(Clause clause, DeviceSet devices, SyntaxNode site)
    {
        foreach (Identity device in devices.Devices.Where(_ => clause.Kind is ClauseKind.Acquires or ClauseKind.TryAcquires))
        {
            if (device is not MemberIdentity { Member: IFieldSymbol } grabbed)
                continue;
            foreach (MemberIdentity later in Later(grabbed, []))
                analysis.NoteOrder(site, grabbed, later);
        }
    }

    // What has to come after a device that has to come after this has to come after this as well.
    private IEnumerable<MemberIdentity> Later(MemberIdentity device, HashSet<Identity> seen)
    {
        if (device.Member is not IFieldSymbol field)
            yield break;
        foreach (DevicePath path in analysis.Contracts.Later(field))
        {
            if (path.Members.Aggregate(device.Base, (owner, member) => new MemberIdentity(member.IsStatic ? null : owner, member)) is not MemberIdentity later || !seen.Add(later))
                continue;
            yield return later;
            foreach (MemberIdentity beyond in Later(later, seen))
                yield return beyond;
        }
    }
}
