using Vpio.Abi;

namespace Vpio.Hostile.Tests.Faults;

/// <summary>Shows a device page that is not the hypervisor's: a copy, changed.</summary>
internal sealed class FalsePagePort(IHypercallPort inner, FalsePagePort.Change change) : PassingPort(inner)
{
    private readonly DevicePage[] _copy = new DevicePage[1];
    private int _looks;

    /// <summary>Changes the copy.</summary>
    internal delegate void Change(ref DevicePage page, int look);

    public override ref readonly DevicePage DevicePage
    {
        get
        {
            _copy[0] = Inner.DevicePage;
            change(ref _copy[0], _looks++);
            return ref _copy[0];
        }
    }

    /// <summary>Changes the state word of the first device.</summary>
    public static Change Word(Func<StateWord, int, StateWord> change) => (ref DevicePage page, int look) =>
    {
        ref ulong word = ref DevicePage.WritableSlot(ref page, new DeviceIndex(0)).State;
        word = change(new StateWord(word), look).Value;
    };
}
