using Vpio.Abi.Layout;

internal sealed class Engine
{
    [DeviceRegister]
    private uint _status;

    public bool IsReady() => (Volatile.Read(ref _status) & 1) != 0; // VPIO2010: only one bit is used, so one byte may be read, and the device answers words

    public void Start() => Volatile.Write(ref _status, 1);
}
