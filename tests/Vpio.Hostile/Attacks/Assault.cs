using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Hostile.Attacks;

/// <summary>Is what one thread of a hostile guest has to attack with: the port, chance, a budget of calls, and a count of them.</summary>
/// <param name="port">The guest's port.</param>
/// <param name="devices">The devices that are assigned to it.</param>
/// <param name="thread">Which of the guest's threads it is.</param>
/// <param name="seed">Where its chance begins.</param>
/// <param name="budget">How many calls may be made.</param>
/// <param name="tally">Where they are counted.</param>
public sealed class Assault(IHypercallPort port, IReadOnlyList<DeviceIndex> devices, int thread, int seed, CallBudget budget, Tally tally)
{
    private int _left;
    private bool _over;

    /// <summary>Gets the port.</summary>
    public IHypercallPort Port => port;

    /// <summary>Gets the devices that are assigned to the guest.</summary>
    public IReadOnlyList<DeviceIndex> Devices => devices;

    /// <summary>Gets which of the guest's threads it is, from 0 on.</summary>
    public int Thread => thread;

    /// <summary>Gets the thread's chance.</summary>
    public Random Random { get; } = new(seed);

    /// <summary>Gets the guest's domain id, as it was told.</summary>
    public DomainId Id { get; init; }

    /// <summary>Gets arguments that all threads of the guest have in common, to change under each other's calls.</summary>
    public DeviceOpArgument[] SharedArguments { get; init; } = new DeviceOpArgument[8];

    /// <summary>Gets how the guest touches registers, where it is not by the windows of its port.</summary>
    public Func<DeviceIndex, IHostileWindow>? Windows { get; init; }

    /// <summary>Gets who hears of the ownerships that calls returned.</summary>
    public IOwnershipClaims? Claims { get; init; }

    /// <summary>Gets what is done when the guest was denied a call: domain 0 may let it go on, and tells whether it does.</summary>
    public Func<bool>? Denied { get; init; }

    /// <summary>Gets what is done after each portion of the budget.</summary>
    public Action? Portion { get; init; }

    /// <summary>Gets whether the attack goes on.</summary>
    public bool GoesOn => !_over && (_left > 0 || TryTakeMore());

    /// <summary>Finds the registers of a device, its own or not.</summary>
    /// <param name="device">The device.</param>
    /// <returns>The window.</returns>
    public IHostileWindow GetWindow(DeviceIndex device) => Windows?.Invoke(device) ?? new MappedWindow(port.GetWindow(device));

    /// <summary>Makes a call with an argument that nobody else changes.</summary>
    /// <param name="cmd">The operation.</param>
    /// <param name="argument">The argument.</param>
    /// <returns>The result.</returns>
    public DeviceStatus Call(uint cmd, ref DeviceOpArgument argument)
    {
        (ulong device, ulong generation) = (argument.Input0, argument.Input1);
        DeviceStatus status = CallTorn(cmd, ref argument);
        if (status == DeviceStatus.Ok && cmd == (uint)DeviceOp.Grab)
            Claims?.Granted(new DeviceIndex((uint)device), new Generation(argument.Output));
        else if (status == DeviceStatus.Ok && cmd == (uint)DeviceOp.Release)
            Claims?.GaveBack(new DeviceIndex((uint)device), new Generation(generation));
        return status;
    }

    /// <summary>Makes a call with a typed argument.</summary>
    /// <typeparam name="TArgs">The argument of one operation.</typeparam>
    /// <param name="args">The argument.</param>
    /// <returns>The result.</returns>
    public DeviceStatus Make<TArgs>(ref TArgs args)
        where TArgs : unmanaged, IDeviceOpArgs => Call((uint)args.Operation, ref Unsafe.As<TArgs, DeviceOpArgument>(ref args));

    /// <summary>Makes a call whose argument others may change meanwhile, or that has none.</summary>
    /// <param name="cmd">The operation.</param>
    /// <param name="argument">The argument; may be a null reference.</param>
    /// <returns>The result.</returns>
    public DeviceStatus CallTorn(uint cmd, ref DeviceOpArgument argument)
    {
        _left--;
        long result;
        try
        {
            result = port.Call(cmd, ref argument);
        }
        catch (Exception thrown)
        {
            tally.Break($"operation {cmd} threw {thrown.GetType().Name}: {thrown.Message}");
            _over = true;
            return DeviceStatus.BadAddress;
        }

        tally.Book(cmd, result);
        if (result == (long)DeviceStatus.Denied && Denied is { } denied)
            _over |= !denied();
        return (DeviceStatus)result;
    }

    /// <summary>Makes a call without an argument.</summary>
    /// <param name="cmd">The operation.</param>
    /// <returns>The result.</returns>
    public DeviceStatus CallWithNull(uint cmd) => CallTorn(cmd, ref Unsafe.NullRef<DeviceOpArgument>());

    /// <summary>Counts something that is no call: a write to a page, a register, a descriptor, a kick.</summary>
    public void Touch() => tally.Touch();

    /// <summary>Tells whoever watches how far the attack is.</summary>
    public void Publish() => Portion?.Invoke();

    private bool TryTakeMore()
    {
        Publish();
        _left = budget.Take();
        return _left > 0;
    }
}
